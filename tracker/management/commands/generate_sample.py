"""The sample: an invented policy, fully reported, in a database that holds nothing else."""

from dataclasses import fields
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from provinces.models import Area
from tracker.intake import sample
from tracker.intake.sample.world import Size, World
from tracker.intake.statistics import analyze


class Command(BaseCommand):
    help = "Invent a fully reported policy and publish it, edition by edition; only with AZM_SAMPLE, and once."

    def add_arguments(self, parser: CommandParser) -> None:
        for size in fields(Size):
            parser.add_argument(f"--{size.name}", type=int, default=size.default, help=f"default: {size.default}")
        parser.add_argument("--today", type=date.fromisoformat, help="the day that the sample ends on; default: today")

    def handle(self, *args: Any, today: date | None, **options: Any) -> None:
        if not settings.AZM_SAMPLE:
            raise CommandError("Set AZM_SAMPLE to True: every page of this database has to say that it is a sample.")
        if sample.others_are_here():
            raise CommandError("This database holds the record, or something else that was published.")
        if sample.is_here():
            self.stdout.write("The sample is here already.")
            return
        if Area.objects.exists():
            raise CommandError("This database knows areas that are real; a sample needs one of its own.")
        size = Size(**{size.name: options[size.name] for size in fields(Size)})
        if problem := size.problem():
            raise CommandError(problem)
        with transaction.atomic():
            for edition in World(size, today or timezone.localdate()).generate():
                self.stdout.write(f"Edition {edition.number}: {edition.items.count()} rows.")
        analyze()
