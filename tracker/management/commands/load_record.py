from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tracker.intake.record import RecordError, load_folder, record_folders, refuse_the_sample
from tracker.intake.statistics import analyze


class Command(BaseCommand):
    help = "Load the areas and the reviewed record, and publish each of its folders as an edition, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--record", type=Path, default=settings.BASE_DIR / "fixtures" / "record")

    def handle(self, *args: Any, record: Path, **options: Any) -> None:
        published = False
        try:
            refuse_the_sample()
            with transaction.atomic():
                call_command("loaddata", settings.BASE_DIR / "fixtures" / "areas.json", verbosity=0)
                for folder in record_folders(record):
                    edition = load_folder(folder)
                    published = published or edition is not None
                    self.stdout.write(
                        f"{folder.name}: published as edition {edition.number}."
                        if edition
                        else f"{folder.name}: published already."
                    )
        except RecordError as error:
            raise CommandError(str(error)) from error
        if published:
            analyze()
