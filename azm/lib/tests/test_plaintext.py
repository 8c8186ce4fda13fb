"""What becomes of text that strangers send."""

import unicodedata

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from azm.lib.plaintext import is_typed, letters, plain_text, script_language

URDU = "یہ شرح کس بنیاد پر نکالی گئی ہے؟"


class TestPlainText(SimpleTestCase):
    def test_keeps_what_is_written(self) -> None:
        for text in ("Why 51.2%?", URDU, "می\u200cخواہم", "A\u200f (B)", "first\n\nsecond", "🇵🇰 50%", "<b>&amp;'\"\\"):
            with self.subTest(text):
                assert plain_text(text) == text

    def test_has_one_kind_of_line_end_and_no_long_gaps(self) -> None:
        assert plain_text("a\r\nb\rc\u2028d\x0ce\r\n\r\n\r\n\r\nf") == "a\nb\nc\nd\ne\n\nf"

    def test_has_single_spaces_and_none_around(self) -> None:
        assert plain_text(" \t a \u00a0\u3000 b  \n  c\u2003") == "a b\nc"

    def test_is_composed(self) -> None:
        assert plain_text("e\u0301") == "\u00e9" == plain_text("e\u00ad\u0301")

    def test_turns_no_direction_and_hides_nothing(self) -> None:
        assert plain_text("ab\u202ecd\u202c \u2066ef\u2069") == "abcd ef"
        assert plain_text("\ufeffso\u00adft\u200b\u2060\U000e0041\U000e007f") == "soft"

    @given(st.text())
    def test_is_plain_already_the_second_time(self, text: str) -> None:
        once = plain_text(text)
        assert plain_text(once) == once

    @given(st.text())
    def test_holds_no_control_character_if_it_was_typed(self, text: str) -> None:
        plain = plain_text(text)
        if is_typed(plain):
            plain.encode()
            assert {c for c in plain if unicodedata.category(c) == "Cc"} <= {"\n"}
            assert not unicodedata.normalize("NFC", plain).isspace()


class TestTyped(SimpleTestCase):
    def test_is_what_keyboards_make(self) -> None:
        for text in ("Why?\nSo.", URDU, "مُحَمَّدٌ", "می\u200cخواہم", "👩🏽‍⚖️", ""):
            with self.subTest(text):
                assert is_typed(text)

    def test_is_no_control_character_no_half_character_and_no_tower_of_signs(self) -> None:
        for text in ("a\0b", "a\x1bb", "a\x7f", "a\x9bb", "\ud800", "Z\u0300\u0301\u0302\u0303\u0304"):
            with self.subTest(ascii(text)):
                assert not is_typed(text)


class TestScript(SimpleTestCase):
    def test_tells_the_language(self) -> None:
        for text, language in (
            (URDU, "ur"),
            ("Why is it so?", "en"),
            ("یہ 44% کیوں ہے؟ Dunya News", "ur"),
            ("Dunya News wrote دنیا", "en"),
            ("123", "en"),
            ("", "en"),
        ):
            with self.subTest(text):
                assert script_language(text) == language

    def test_counts_letters_of_any_script(self) -> None:
        assert letters("ab 12 ہے!") == 4
