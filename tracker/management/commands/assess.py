"""The judgements of a reading in the terminal: for whoever has no browser, or a script that wants them."""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from tracker.assessment.account import account
from tracker.assessment.printed import printed
from tracker.assessment.reading import NoSuchReading, NothingPublished, Reading
from tracker.assessment.sensitivity import sensitivity, unwritten
from tracker.models import Policy


class Command(BaseCommand):
    help = (
        "Print the programme, its chain of accountability, states and distances, the findings and the silences, as of"
        " an edition and a day. It reads only. docs/assess.md describes the keys of the JSON."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", metavar="N", help="the edition to read; default: the newest, judged today")
        parser.add_argument("--on", metavar="DATE", help="the day to judge on; default: the day of --edition, or today")
        parser.add_argument(
            "--policy", metavar="CODE", help="this policy and those that continue it, and findings on them"
        )
        parser.add_argument("--language", choices=["en", "ur"], default="en", help="default: en")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")
        parser.add_argument(
            "--sensitivity",
            action="store_true",
            help="how many verdicts would change if a threshold moved; which ones, with --verbosity 2",
        )

    def handle(
        self, *args: Any, policy: str | None, language: str, format: str, verbosity: int, **options: Any
    ) -> None:
        reading = self.reading(options["edition"], options["on"])
        with unwritten(), reading.opened():
            found = self.policy(reading, policy or settings.AZM_PROGRAMME)
            document = account(reading, found, language, narrowed=policy is not None)
            if options["sensitivity"]:
                document["sensitivity"] = sensitivity(reading).document()
        if format == "json":
            self.print(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            with translation.override(language):
                self.print("\n".join(printed(document, self.style.MIGRATE_HEADING, every=verbosity > 1)))

    @staticmethod
    def reading(edition: str | None, on: str | None) -> Reading:
        try:
            return Reading.of(edition, on)
        except (NoSuchReading, NothingPublished) as error:
            raise CommandError(str(error)) from error

    @staticmethod
    def policy(reading: Reading, code: str) -> Policy:
        standing = Policy.objects.in_edition(reading.edition).order_by("position", "code")
        if found := standing.filter(code=code).first():
            return found
        known = ", ".join(standing.values_list("code", flat=True)) or "none"
        raise CommandError(f"Edition {reading.edition.number} has no policy “{code}”. It has: {known}.")

    def print(self, text: str) -> None:
        """All at once. Who reads no further, as `head` does, ends the pipe; that is no failure."""
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
