"""What things are called in the sample: letters, in both languages, and nothing that exists."""

from typing import NamedTuple

from provinces.models import Area

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS_UR = "ابجدہوزحطیکلمنسعفصقرشتثخذض"
DOMAINS = ["operational", "legal", "political", "administrative", "socio-economic", "ideational"]
OBJECTIVES = [
    ("Services that answer", "جواب دینے والی خدمات"),
    ("Files that are found", "ملنے والی فائلیں"),
    ("Offices that are open", "کھلے دفاتر"),
    ("Work that is shared", "بانٹا ہوا کام"),
]
VERBS = [
    ("Open", "کھولنا"),
    ("Staff", "عملہ دینا"),
    ("Digitise", "ڈیجیٹل بنانا"),
    ("Connect", "جوڑنا"),
    ("Publish", "شائع کرنا"),
    ("Train", "تربیت دینا"),
    ("Inspect", "معائنہ کرنا"),
]
THINGS = [
    ("the service desks", "سروس ڈیسک"),
    ("the registry", "رجسٹری"),
    ("the helpline", "ہیلپ لائن"),
    ("the mediation centres", "ثالثی مراکز"),
    ("the training college", "تربیتی کالج"),
    ("the yearly report", "سالانہ رپورٹ"),
]
STEPS = [
    ("Rules notified", "قواعد جاری"),
    ("Posts filled", "آسامیاں پُر"),
    ("Rooms handed over", "کمرے حوالے"),
    ("First hundred cases", "پہلے سو معاملات"),
    ("Review published", "جائزہ شائع"),
]


class Place(NamedTuple):
    code: str
    name: str
    name_ur: str
    kind: str
    row: int | None = None
    column: int | None = None


PLACES = [
    *(
        Place(f"PK-X{letter}", f"Province {letter}", f"صوبہ {urdu}", Area.Kind.PROVINCE, row, column)
        for letter, urdu, (row, column) in zip(LETTERS[:4], LETTERS_UR, [(2, 1), (3, 1), (1, 0), (2, 0)], strict=False)
    ),
    Place("PK-XE", "Capital E", "دارالحکومت ہ", Area.Kind.CAPITAL, 1, 1),
    Place("PK-XF", "Territory F", "علاقہ و", Area.Kind.ADMINISTERED, 0, 2),
    Place("PK-XG", "Territory G", "علاقہ ز", Area.Kind.ADMINISTERED, 1, 2),
    Place("PK-XA+PK-XB", "Provinces A and B jointly", "صوبہ ا اور ب مشترکہ", Area.Kind.GROUP),
    Place("PK", "The sample country", "نمونے کا ملک", Area.Kind.COUNTRY),
]


class Quantity(NamedTuple):
    """An indicator: what it is called, how it behaves, and about how large it is in a province."""

    code: str
    name: str
    name_ur: str
    unit: str
    unit_ur: str
    behaviour: str
    direction: str
    size: int


QUANTITIES = [
    Quantity("desks-open", "Service desks open", "کھلے سروس ڈیسک", "desks", "ڈیسک", "stock", "rise", 120),
    Quantity("files-pending", "Files pending", "زیرِ التوا فائلیں", "files", "فائلیں", "stock", "fall", 9000),
    Quantity("posts-filled", "Posts filled", "پُر آسامیاں", "posts", "آسامیاں", "stock", "rise", 800),
    Quantity("inspections", "Inspections held", "معائنے", "inspections", "معائنے", "flow", "rise", 300),
    Quantity("calls-answered", "Calls answered in a day", "ایک دن میں جواب", "per cent", "فیصد", "share", "rise", 40),
    Quantity(
        "institutes-registered", "Institutes registered", "رجسٹرڈ ادارے", "institutes", "ادارے", "stock", "rise", 400
    ),
    Quantity("institutes-all", "Institutes in all", "کل ادارے", "institutes", "ادارے", "stock", "not-scored", 1000),
    Quantity(
        "disputes-mediated", "Disputes mediated", "ثالثی سے نمٹے تنازعات", "disputes", "تنازعات", "flow", "rise", 150
    ),
]
WHOLES = {"institutes-registered": "institutes-all"}
"""Of an indicator whose requirement is "all", the one that counts them all."""


def lettered(number: int) -> tuple[str, str]:
    """A, B … Z, AA …, in both alphabets."""
    rest, place = divmod(number, len(LETTERS))
    before = lettered(rest - 1) if rest else ("", "")
    return before[0] + LETTERS[place], before[1] + LETTERS_UR[place]
