"""An invented, fully reported policy in a database of its own, so that every state of the ledger can be seen."""

from tracker.models import Edition

PREFIX = "sample-"
"""Editions of the sample bear this before their number where others name a record folder."""

PROGRAMME = "sample-programme"


def is_here() -> bool:
    return Edition.objects.filter(record__startswith=PREFIX).exists()


def others_are_here() -> bool:
    """Whether anything is published that is no sample: the record, or what a reviewer published."""
    return Edition.objects.exclude(record__startswith=PREFIX).exists()
