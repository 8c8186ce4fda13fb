"""One search over everything that is published, in English and Urdu."""

from urllib.parse import quote

from django.test import TestCase

from provinces.models import Area
from tracker.models import Edition
from tracker.tests.factories import (
    make_action,
    make_body,
    make_citation,
    make_indicator,
    make_milestone,
    make_objective,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
)
from tracker.tests.pages import items, links, load_areas, queries, read, sections, visible

MOST_QUERIES = 18


def area(code: str) -> Area:
    return Area.objects.get(code=code)


def found(page: str) -> list[str]:
    return [item for part in sections(page).values() for item in items(part)]


class TestSearchPage(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        publish_all(
            make_policy(code="water-plan", name="A plan for quicksilver"),
            make_action(code="water-1", title="Measure quicksilver", title_ur="پارے کی پیمائش"),
            make_milestone(code="water-1.m1", title="First quicksilver survey"),
            make_indicator(code="quicksilver", name="Quicksilver found"),
            make_body(code="survey", name="Quicksilver survey"),
            make_update(account="Quicksilver was measured."),
            make_source(code="report", title="The quicksilver report"),
            make_citation(code="report.words", quotation="there is quicksilver"),
        )

    def search(self, words: str, prefix: str = "") -> str:
        return read(self.client, f"{prefix}/search/?q={quote(words)}")

    def test_finds_every_kind_of_row_and_leads_to_it(self) -> None:
        page = self.search("quicksilver")
        assert len(sections(page)) == 8
        assert len(found(page)) == 8
        assert "8 rows hold these words." in visible(page)
        for address in [link for part in sections(page).values() for link in links(part)]:
            with self.subTest(address):
                target, _, fragment = address.partition("#")
                assert f'id="{fragment}"' in read(self.client, target) if fragment else read(self.client, target)

    def test_finds_areas_by_code_and_name(self) -> None:
        for words in ("Khyber", "PK-KP", "خیبر"):
            with self.subTest(words):
                assert any("PK-KP" in item for item in found(self.search(words)))

    def test_finds_urdu_on_either_page(self) -> None:
        for prefix in ("", "/ur"):
            assert any("water-1" in item for item in found(self.search("پارے", prefix)))

    def test_finds_the_stem_of_a_word(self) -> None:
        assert any("water-1.m1" in item for item in found(self.search("surveys")))

    def test_without_words_asks_for_some(self) -> None:
        for query in ("", "?q=", "?q=%20%20"):
            with self.subTest(query):
                page = read(self.client, f"/search/{query}")
                assert list(sections(page)) == ["searched"]
                assert {"/actions/", "/indicators/", "/snapshots/", "/provinces/"} <= set(links(page))
                assert 'class="found"' not in page

    def test_says_when_nothing_is_found(self) -> None:
        assert "Nothing on record holds these words." in self.search("nonexistentword")

    def test_takes_anything_that_a_reader_may_type(self) -> None:
        for words in ("'", '"', '"open', "a & b | !c", "(((", "-", "--", ":*", "\\", "%", "%s", "<b>", "the", "؟", "🇵🇰",
                      "or or or", "x" * 200, "'; DROP TABLE tracker_source; --"):  # fmt: skip
            with self.subTest(words):
                assert self.client.get("/search/", {"q": words}).status_code == 200

    def test_escapes_what_it_repeats(self) -> None:
        page = self.search('"><script>alert(1)</script>')
        assert "<script>alert" not in page
        assert 'value="&quot;&gt;&lt;script&gt;' in page

    def test_refuses_more_than_200_characters_and_what_is_no_text(self) -> None:
        assert self.client.get("/search/", {"q": "x" * 201}).status_code == 400
        for piece in ("%00", "%ED%A0%80", "%FF"):
            assert self.client.get(f"/search/?q={piece}").status_code == 400

    def test_finds_no_draft(self) -> None:
        make_action(title="Undercover quicksilver")
        assert not any("Undercover" in item for item in found(self.search("quicksilver")))

    def test_searches_the_edition_that_is_read_and_stays_in_it(self) -> None:
        publish_all(make_body(name="Later quicksilver office"))
        assert any("Later" in item for item in found(self.search("quicksilver")))
        page = read(self.client, "/search/?q=quicksilver&edition=1")
        assert len(found(page)) == 8
        assert '<input type="hidden" name="edition" value="1">' in page
        assert all("edition=1" in link for part in sections(page).values() for link in links(part))

    def test_shows_ten_of_a_kind_and_leads_to_the_list_of_all(self) -> None:
        publish_all(*(make_body(name="Quicksilver office") for _ in range(11)))
        page = self.search("quicksilver")
        part = sections(page)["found-responsiblebody"]
        assert len(items(part)) == 10
        assert "The best 10 of 12." in visible(part)
        assert "/bodies/?q=quicksilver" in links(part)
        assert "Responsible bodies 12" in visible(page)
        assert "rows hold these words." in visible(page)

    def test_marks_the_words_where_they_stand(self) -> None:
        page = self.search("quicksilver")
        assert "Measure <mark>quicksilver</mark>" in sections(page)["found-policyaction"]
        assert "<mark>surveys</mark>" not in self.search("surveys"), "the word of the row, not the one typed"
        assert "First quicksilver <mark>survey</mark>" in self.search("surveys")

    def test_shows_the_passage_if_the_name_does_not_hold_the_words(self) -> None:
        publish_all(make_action(code="other", title="Another title", wording="nobody thought of cinnabar before"))
        part = sections(self.search("cinnabar"))["found-policyaction"]
        assert "nobody thought of <mark>cinnabar</mark> before" in part
        publish_all(make_source(code="told", title="<b>Bold</b>", note="<i>cinnabar</i> & more"))
        part = sections(self.search("cinnabar"))["found-source"]
        assert "&lt;b&gt;Bold&lt;/b&gt;" in part
        assert "<i>" not in part

    def test_finds_the_leading_figure_by_indicator_and_area_together(self) -> None:
        series = make_series(indicator=make_indicator(code="rate", name="Rate of cinnabar"), area=area("PK-PB"))
        publish_all(make_snapshot(series=series, value=72))
        part = sections(self.search("cinnabar punjab"))["found-figure"]
        [figure] = items(part)
        assert "72" in figure
        assert "found-figure" not in sections(self.search("cinnabar sindh"))

    def test_finds_pages_rules_and_editions(self) -> None:
        rule = sections(self.search("rivals"))["found-page"]
        assert "/methodology/#rivals" in links(rule)
        assert "/editions/1/" in links(sections(self.search(Edition.objects.get().summary))["found-edition"])
        assert "/waiting/" in links(sections(self.search("waiting"))["found-page"])

    def test_finds_a_line_of_effort(self) -> None:
        publish_all(make_objective(name="Cinnabar effort"))
        assert len(items(sections(self.search("cinnabar"))["found-objective"])) == 1

    def test_names_what_is_spelt_nearly_alike(self) -> None:
        for words in ("quiksilver", "quicksilvr fund"):
            with self.subTest(words):
                page = self.search(words)
                assert "Nothing on record holds these words." in visible(page)
                assert "/indicators/quicksilver/" in links(sections(page)["near"])
        assert "near" not in sections(self.search("zzzzzzzzzz"))

    def test_takes_the_same_queries_when_rows_double(self) -> None:
        before = queries(self.client, "/search/?q=quicksilver")
        assert before <= MOST_QUERIES
        publish_all(
            *(make_body(name="Quicksilver") for _ in range(3)),
            *(make_milestone(title="Quicksilver") for _ in range(3)),
            *(make_update(account="Quicksilver") for _ in range(3)),
            *(make_citation(quotation="quicksilver") for _ in range(3)),
        )
        assert queries(self.client, "/search/?q=quicksilver") == before
