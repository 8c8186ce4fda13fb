"""Whatever is sent to the page of a question is taken or refused in words; it is never a fault of ours."""

import os
from typing import Any
from urllib.parse import quote, urlencode

from django.test import TestCase, override_settings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from azm.lib.plaintext import is_typed
from tracker.models import Challenge
from tracker.tests.factories import make_action, publish_all
from tracker.tests.questions import FORM, at_once, ticket_on

PAGE = "/actions/promise/question/"
ANSWERS = {303, 400, 429}
FUZZED = settings(
    max_examples=int(os.environ.get("FUZZ", 25)), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
NASTY = st.sampled_from(
    [
        "\0",
        "\ufeff",
        "\u202e",
        "\x1b]0;x\x07",
        "%00",
        "<script>",
        "{{ 7*7 }}",
        "'; DROP TABLE x--",
        "=cmd()",
        "\u0300" * 50,
    ]
)
WORDY = st.builds("".join, st.lists(ANY_TEXT | NASTY | st.just(" so it is said "), max_size=6))
ADDRESSES = (
    st.just("") | ANY_TEXT | st.builds("https://{}".format, ANY_TEXT) | st.builds("http://[{}".format, ANY_TEXT) | NASTY
)
NAMES = st.sampled_from(
    ["text", "source_url", "homepage", "ticket", "state", "kind", "id", "edition", "received", "shown"]
)
NETWORKS = st.ip_addresses().map(str) | ANY_TEXT


@override_settings(AZM_QUESTION_LIMITS=[3, 6, 1000])
class TestAnything(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all(make_action(code="promise"))

    def setUp(self) -> None:
        self.client.raise_request_exception = False
        self.enterContext(at_once())

    def post(self, body: Any, **more: Any) -> Any:
        answer = self.client.generic("POST", PAGE, body, **{"content_type": FORM, **more})
        assert answer.status_code in ANSWERS, (answer.status_code, body)
        assert not answer.cookies
        return answer

    def test_typed_into_the_form_is_kept_clean_or_refused(self) -> None:
        @FUZZED
        @given(WORDY, ADDRESSES, ANY_TEXT | st.just(""), NETWORKS)
        @example("A text long enough to pass.", "", "", "203.0.113.5")
        @example("A text long enough to pass.", "http://[::1", "", "::1%eth0")
        @example("A text long enough to pass.", "https://ex\u0000", "", "")
        def answers(text: str, address: str, homepage: str, network: str) -> None:
            ticket = ticket_on(self.client.get(PAGE))
            typed = {"text": text, "source_url": address, "homepage": homepage, "ticket": ticket}
            before = Challenge.objects.count()
            answer = self.post(urlencode(typed), REMOTE_ADDR=network)
            if answer.status_code != 303:
                assert Challenge.objects.count() == before
            else:
                for row in Challenge.objects.order_by("-pk")[:1]:
                    row.full_clean()
                    assert is_typed(row.text)

        answers()
        assert Challenge.objects.exists()

    def test_in_place_of_the_form_is_refused(self) -> None:
        @FUZZED
        @given(st.lists(st.tuples(NAMES | ANY_TEXT, ANY_TEXT | NASTY), max_size=12))
        def pairs(fields: list[tuple[str, str]]) -> None:
            assert self.post(urlencode(fields)).status_code == 400

        @FUZZED
        @given(st.binary(max_size=500))
        def bytes_of_any_kind(raw: bytes) -> None:
            assert self.post(raw).status_code == 400
            assert self.post(b"text=" + raw + b"&ticket=" + raw).status_code == 400

        pairs()
        bytes_of_any_kind()
        assert not Challenge.objects.exists()

    def test_with_a_good_ticket_changes_nothing_but_what_the_form_asks(self) -> None:
        @FUZZED
        @given(st.dictionaries(NAMES.filter(lambda name: name not in ("text", "ticket")), ANY_TEXT))
        def answers(fields: dict[str, str]) -> None:
            ticket = ticket_on(self.client.get(PAGE))
            self.post(urlencode({**fields, "text": f"Words that are new: {ticket[-20:]}", "ticket": ticket}))

        answers()
        kept = set(Challenge.objects.values_list("kind", "code", "edition", "state", "shown", "moderated_by"))
        assert kept <= {("policyaction", "promise", 1, "new", "", None)}

    def test_in_headers_and_addresses_is_answered(self) -> None:
        header = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)

        @FUZZED
        @given(header, header, header.filter(lambda length: not length.isdigit()), st.text(max_size=20), ANY_TEXT)
        def answers(origin: str, kind: str, length: str, code: str, query: str) -> None:
            self.client.generic("POST", PAGE, b"text=x", headers={"origin": origin})
            for variables in ({"HTTP_ORIGIN": origin}, {"CONTENT_TYPE": kind}, {"CONTENT_LENGTH": length}):
                answer = self.client.generic("POST", PAGE, b"text=x", content_type=FORM, **variables)
                assert answer.status_code == 400
            safe = quote(code.encode("utf-8", "surrogatepass"), safe="")
            for page in (f"/actions/{safe}/question/", f"/ur/snapshots/{safe}/question/received/"):
                assert self.client.get(page).status_code in (301, 400, 404)
            assert self.client.get(f"{PAGE}?{urlencode({'edition': query})}").status_code in (200, 400)

        answers()
