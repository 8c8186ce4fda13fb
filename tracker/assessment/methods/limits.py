"""Every threshold with the value that the database holds, which is the one that it judges by."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import number
from tracker.assessment import method
from tracker.assessment.method import Entry
from tracker.assessment.reading import Reading
from tracker.assessment.thresholds import THRESHOLDS, thresholds


@method.part(
    "thresholds",
    gettext_lazy("Thresholds"),
    gettext_lazy("Each stands in one place of the database, and is read from there for this page."),
)
def limits(reading: Reading) -> Iterator[Entry]:
    for name, value in thresholds().items():
        yield Entry(f"threshold-{name.replace('_', '-')}", THRESHOLDS[name], [], number(value))
