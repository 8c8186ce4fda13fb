"""Text that strangers send: what has no place in it goes, what nobody types is refused."""

import re
import unicodedata
from itertools import groupby

MARKS = 4  # signs that a letter may carry; more of them reach into the neighbouring lines
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Unseen, and brought along by copying: soft hyphens and byte-order marks, tags, and the characters that turn the
# direction of all that follows. The marks and joiners that Urdu is typed with (U+200C to U+200F) stay.
UNSEEN = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
SPACES = re.compile(r"[^\S\n]+")
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


def plain_text(text: str) -> str:
    """The same words in one spelling: composed letters, single spaces, no more than one empty line together."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", LINE_ENDS.sub("\n", text)))
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_typed(text: str) -> bool:
    """Without control characters, NUL among them, halves of characters, and towers of signs."""
    kinds = [unicodedata.category(character) for character in text]
    towers = (sum(1 for _ in run) for marks, run in groupby(kinds, lambda kind: kind in ("Mn", "Me")) if marks)
    return not any(kind in ("Cc", "Cs") for kind, c in zip(kinds, text, strict=True) if c != "\n") and all(
        height <= MARKS for height in towers
    )


def letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def script_language(text: str) -> str:
    """ "ur" if most letters are Arabic ones, else "en"."""
    return "ur" if 2 * len(ARABIC.findall(text)) > letters(text) else "en"
