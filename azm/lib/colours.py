"""The colours of the stylesheet and how well they can be told from the ground: WCAG 2.x contrast."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b")


@dataclass(frozen=True)
class Token:
    """A colour by its name, in light and in dark, with its contrast on paper."""

    name: str
    light: str
    dark: str
    on_light: Decimal
    on_dark: Decimal


def tokens(stylesheet: Path) -> list[Token]:
    """In the order of the stylesheet, whose first two `:root` are those of light and of dark."""
    light, dark = (dict(TOKEN.findall(block)) for block in ROOT.findall(stylesheet.read_text())[:2])
    dark = {**light, **dark}
    return [
        Token(name, light[name], dark[name], contrast(light[name], light["paper"]), contrast(dark[name], dark["paper"]))
        for name in light
    ]


def contrast(one: str, other: str) -> Decimal:
    """From 1, which is none, to 21, to one decimal."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return Decimal(f"{(high + 0.05) / (low + 0.05):.1f}")


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
