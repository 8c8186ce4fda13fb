"""Text for a terminal or a pipe: lines of one width, columns aligned by what letters take up, not by their number."""

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 96
GAP = "  "


def width(text: str) -> int:
    """How many cells the text takes up. Marks above and below letters take none, nor do joiners and isolates."""
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def padded(text: str, cells: int, *, right: bool = False) -> str:
    spaces = " " * max(0, cells - width(text))
    return spaces + text if right else text + spaces


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """The text as lines of at most WIDTH, each behind the indent."""
    yield from textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def table(rows: Iterable[Sequence[object]], indent: str = GAP) -> Iterator[str]:
    """Rows in columns; numbers end where their column ends, and what is too long in the last column is wrapped."""
    told = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*told, strict=True)]
    begins = len(indent) + sum(cells + len(GAP) for cells in widths[:-1])
    for *first, last in told:
        head = indent + "".join(
            padded(cell, cells, right=is_number(cell)) + GAP for cell, cells in zip(first, widths, strict=False)
        )
        if is_number(last):
            last = padded(last, widths[-1], right=True)
        lines = textwrap.wrap(last, max(20, WIDTH - begins), break_on_hyphens=False, drop_whitespace=False)
        for number, line in enumerate(lines or [""]):
            yield (head + line if number == 0 else " " * begins + line.lstrip()).rstrip()


def is_number(text: str) -> bool:
    return text.lstrip("-−").replace(",", "").replace(".", "", 1).isdecimal()
