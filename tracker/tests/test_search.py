"""Search in English and Urdu: one spelling for what readers type and what sources print."""

from typing import ClassVar

from django.db import connection
from django.test import TestCase

from tracker.models import Citation, Policy, PolicyAction
from tracker.tests.factories import build, make_action, make_body, make_citation, make_policy, make_source


def folded(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_text(%s)", [text])
        return cursor.fetchone()[0]


class TestFoldedText(TestCase):
    """Two spellings of one word fold to the same text; the pairs differ in code points, not in meaning."""

    SAME: ClassVar = {
        "Arabic and Farsi yeh": ("پاليسي", "پالیسی"),
        "Arabic alef maksura and Farsi yeh": ("اعلى", "اعلی"),
        "Arabic and Farsi kaf": ("كميٹي", "کمیٹی"),
        "Arabic heh and Urdu heh goal": ("وزارت داخله", "وزارت داخلہ"),
        "teh marbuta goal": ("صوبۃ", "صوبہ"),
        "alef with and without madda": ("آپریشن", "اپریشن"),
        "yeh with and without hamza": ("آئین", "آیین"),
        "a hamza of its own": ("آئین", "آی\u0654ین"),
        "waw with and without hamza": ("رؤف", "روف"),
        "yeh barree with and without hamza": ("گۓ", "گے"),
        "vowel signs": ("عَزْمِ اِسْتِحکام", "عزم استحکام"),
        "superscript alef": ("رحمٰن", "رحمن"),
        "tatweel": ("عـــزم", "عزم"),
        "a zero width non-joiner": ("دہشت\u200cگردی", "دہشتگردی"),
        "marks of direction": ("\u200fعزم\u200e", "عزم"),
        "one word or two": ("عمل درآمد", "عملدرآمد"),
        "one word or two, without madda": ("عمل درامد", "عملدرآمد"),
        "capitals": ("NISP", "nisp"),
    }

    def test_has_one_spelling(self) -> None:
        for name, (one, other) in self.SAME.items():
            with self.subTest(name):
                assert one != other
                assert folded(one) == folded(other)

    def test_keeps_different_words_apart(self) -> None:
        words = ["عزم", "ازم", "عمل", "پولیس", "پالیسی", "بلوچستان", "پنجاب"]
        assert len({folded(word) for word in words}) == len(words)

    def test_can_be_folded_again(self) -> None:
        for one, other in self.SAME.values():
            for text in (one, other):
                with self.subTest(text):
                    assert folded(folded(text)) == folded(text)


class TestSearch(TestCase):
    policy: Policy
    action: PolicyAction

    @classmethod
    def setUpTestData(cls) -> None:
        cls.policy = make_policy(
            code="nisp-2023-2028",
            name="National Internal Security Policies",
            name_ur="قومی داخلی سلامتی پالیسی پر عملدرآمد",
        )
        cls.action = make_action(
            policy=cls.policy, title="Prosecuting terrorists", title_ur="دہشت گردوں کے خلاف مقدمات"
        )
        make_policy(code="other", name="Another paper", name_ur="دوسری دستاویز")

    def finds(self, words: str) -> bool:
        return list(Policy.objects.search(words)) == [self.policy]

    def test_in_english_knows_the_stem(self) -> None:
        for words in ("policy", "policies", "POLICY", "security policy", "securities"):
            with self.subTest(words):
                assert self.finds(words)

    def test_in_urdu_knows_the_spellings(self) -> None:
        for words in (
            "پالیسی",
            "پاليسي",
            "سلامتی",
            "سلامتي",
            "عمل درآمد",
            "عملدرآمد",
            "عمل درامد",
            "داخلی سلامتی",
            "قَومی",
        ):
            with self.subTest(words):
                assert self.finds(words)

    def test_finds_the_code(self) -> None:
        assert self.finds("nisp-2023-2028")

    def test_finds_rows_with_all_words_only(self) -> None:
        assert not self.finds("security rockets")
        assert not self.finds("سلامتی راکٹ")

    def test_takes_quotation_marks_or_and_minus(self) -> None:
        assert self.finds('"internal security"')
        assert not self.finds('"security internal"')
        assert self.finds("rockets or security")
        assert not self.finds("security -national")

    def test_finds_nothing_for_nothing(self) -> None:
        for words in ("", "   ", "!!!", "'", '"', "\\", "& | ! (", ":*", "%"):
            with self.subTest(words):
                assert list(Policy.objects.search(words)) == []

    def test_follows_the_row(self) -> None:
        Policy.objects.filter(pk=self.policy.pk).update(name="Something else")
        assert not self.finds("security")

    def test_looks_into_what_each_kind_of_row_says(self) -> None:
        citation = make_citation(quotation="The army carried out 163 operations.", source=make_source(title="Figures"))
        body = make_body(name="National Counter Terrorism Authority", name_ur="نیکٹا")
        assert list(Citation.objects.search("operation")) == [citation]
        assert list(type(citation.source).objects.search("figure")) == [citation.source]
        assert list(type(body).objects.search("نيكٹا")) == [body]
        assert list(PolicyAction.objects.search("prosecute terrorist")) == [self.action]

    def test_uses_its_index(self) -> None:
        Policy.objects.bulk_create(build(Policy, citation=None) for _number in range(500))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE tracker_policy")
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "policy_search" in Policy.objects.search("security").order_by().explain()
