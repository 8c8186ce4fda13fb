from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.models import Edition
from tracker.publishing.verify import misfits, redactions


class Command(BaseCommand):
    help = "Walk the chain of editions: recompute every digest, compare the guard, and name the first misfit."
    requires_system_checks: list[str] = []  # a missing trigger is a finding here, not a reason to stop

    def handle(self, *args: Any, **options: Any) -> None:
        for redaction in redactions():
            self.stdout.write(redaction)
        found = list(misfits())
        for misfit in found:
            self.stderr.write(str(misfit))
        if found:
            raise CommandError(f"{len(found)} misfits; the first: {found[0]}")
        newest = Edition.objects.newest()
        head = f"; the newest is {newest.number}, {newest.digest}" if newest else ""
        self.stdout.write(f"{Edition.objects.count()} editions fit together{head}.")
