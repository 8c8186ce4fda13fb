"""What the server loads: `granian --interface wsgi azm.wsgi:application`."""

import os
import re
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azm.settings")

CHARSET = re.compile(r""";\s*charset\s*=\s*("[^"]*"|[^;]*)""", re.IGNORECASE)

type Application = Callable[[dict[str, Any], Any], Any]


def in_utf8(application: Application) -> Application:
    """Requests are read as UTF-8, whatever they claim.

    Django decodes even the query of a GET by the charset in its Content-Type. With "hex" that fails outside all
    middleware; with "punycode" a filter could be made to vanish.
    """

    def read(environ: dict[str, Any], start_response: Any) -> Any:
        if content_type := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = CHARSET.sub("", content_type)
        return application(environ, start_response)

    return read


application = in_utf8(get_wsgi_application())
