"""What the server hands to Django: a request is UTF-8, whatever it claims."""

from typing import Any

import pytest

from azm.wsgi import in_utf8


@pytest.mark.parametrize(
    ("claimed", "read"),
    [
        ("text/plain; charset=hex", "text/plain"),
        ('text/plain; Charset="punycode"; format=flowed', "text/plain; format=flowed"),
        ("multipart/form-data; charset=utf-7; boundary=x", "multipart/form-data; boundary=x"),
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("", ""),
    ],
)
def test_no_other_charset_is_read(claimed: str, read: str) -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        return [b"answered"]

    assert in_utf8(application)({"CONTENT_TYPE": claimed}, None) == [b"answered"]
    assert seen["CONTENT_TYPE"] == read
