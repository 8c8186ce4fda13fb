"""What is suspended is told by its code alone, wherever another row names it: its words are kept back everywhere."""

from django.test import TestCase

from tracker.publishing import suspend
from tracker.tests.factories import (
    make_action,
    make_assignment,
    make_body,
    make_indicator,
    make_policy,
    make_series,
    make_snapshot,
    make_user,
    publish_all,
)
from tracker.tests.pages import load_areas, read, visible

WORDS = ("Whispered commitment", "Whispered measure", "Whispered body", "4,711", "4711")


class TestWhatIsSuspended(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        policy = make_policy(code="nisp-2023-2028")
        cls.action = make_action(code="whispered-action", policy=policy, title="Whispered commitment")
        cls.body = make_body(code="whispered-body", name="Whispered body")
        cls.indicator = make_indicator(code="whispered-measure", name="Whispered measure")
        series = make_series(indicator=cls.indicator)
        publish_all(policy)
        publish_all(
            cls.action,
            make_assignment(action=cls.action, body=cls.body),
            make_snapshot(series=series, value=4711),
        )
        suspend([cls.action, cls.body, cls.indicator], make_user("first"), "Somebody says that it is forged.")

    def test_is_named_on_no_page_and_in_no_file_of_the_edition_that_hides_it(self) -> None:
        for address in (
            "/history/",
            "/history/?action=whispered-action",
            "/history/?body=whispered-body",
            "/history/?indicator=whispered-measure",
            "/editions/3/",
            "/editions/compare/?from=1&to=3",
            "/editions/compare/?from=2&to=3",
            "/corrections/",
            "/feed.atom",
            "/policies/nisp-2023-2028/feed.atom",
            "/bodies/whispered-body/feed.atom",
            "/briefing/policies/nisp-2023-2028/?from=2&to=3",
            "/briefing/provinces/pk/?from=2&to=3",
            "/search/?q=whispered",
            "/",
        ):
            for prefix in ("", "/ur"):
                with self.subTest(prefix + address):
                    page = read(self.client, prefix + address)
                    assert [words for words in WORDS if words in page] == []

    def test_is_told_by_its_code_where_it_left(self) -> None:
        assert "whispered-action" in read(self.client, "/history/?action=whispered-action")

    def test_stays_readable_in_the_edition_before(self) -> None:
        assert "Whispered commitment" in read(self.client, "/actions/whispered-action/?edition=2")
        assert "Whispered body</option>" in read(self.client, "/actions/?edition=2")
        assert "Body: Whispered body" in visible(read(self.client, "/history/?body=whispered-body&edition=2"))

    def test_answers_for_its_chart_in_plain_text(self) -> None:
        response = self.client.get("/indicators/whispered-measure/chart.svg")
        assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert response.text == "Suspended since edition 3.\n"
