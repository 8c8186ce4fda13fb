"""What was taken from readers in the open: suspensions that hold, and redactions with their grounds."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language, in_language_text
from tracker.assessment.reading import Reading
from tracker.models import Edition


@dataclass(frozen=True)
class Removals:
    """Suspensions that hold in a reading, as nobody had settled them by then; and every redaction.

    What is redacted is gone from earlier editions too.
    """

    suspensions: list[tuple[Edition, int]]
    """Each with how many rows it hides."""
    redactions: dict[int, Edition]

    @classmethod
    def of(cls, reading: Reading) -> "Removals":
        """One query, whatever there is."""
        number = reading.edition.number
        settled = Q(ended_by__number__lte=number)
        holding = Q(act=Edition.Act.SUSPENSION, number__lte=number) & ~settled
        acts = list(
            Edition.objects.closed()
            .filter(holding | Q(act=Edition.Act.REDACTION))
            .annotate(rows=Count("items"))
            .order_by("number")
        )
        return cls(
            [(act, act.rows) for act in acts if act.act == Edition.Act.SUSPENSION],
            {act.number: act for act in acts if act.act == Edition.Act.REDACTION},
        )


def removals_of(request: HttpRequest) -> Removals:
    """Asked once for a page, by its frame or by the first tombstone on it."""
    found: Removals | None = getattr(request, "removals", None)
    if found is None:
        reading: Reading | None = getattr(request, "reading", None)
        found = Removals([], {}) if reading is None else Removals.of(reading)
        setattr(request, "removals", found)  # noqa: B010 (a request declares no such attribute)
    return found


def reason(edition: Edition) -> SafeString | str:
    """The published reason as a sentence, whether or not its writer ended it as one."""
    text = in_language(edition, "summary")
    ended = in_language_text(edition, "summary").rstrip().endswith((".", "!", "?", "۔", "؟"))
    return text if ended else format_html(_("{}."), text)
