"""The same site over the sample, in a database of its own."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from tracker.management.commands import demo


class Command(demo.Command):
    help = "Prepare a database of its own, invent a fully reported policy, and serve it; everything is marked SAMPLE."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(port=8001)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.AZM_SAMPLE:
            raise CommandError("Set AZM_SAMPLE to True, as manage.py does for this command.")
        super().handle(*args, **options)

    def load(self) -> None:
        self.say("Inventing the sample")
        call_command("generate_sample", stdout=self.stdout)

    def point_elsewhere(self) -> None:
        self.say("Everything here is invented and marked SAMPLE. The real record: make demo")
