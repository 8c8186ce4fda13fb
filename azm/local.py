"""What a checkout needs to run by itself, with nothing set in the environment: a key and a database."""

import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from azm import database

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "startapp",
    "version",
}


def prepare(arguments: Sequence[str]) -> None:
    """Fill in what the environment leaves open. With a DATABASE_URL it is a deployment and brings its own key."""
    words = list(arguments[1:]) or ["help"]
    if words[0] == "demo" or not os.environ.get("DATABASE_URL"):
        if not os.environ.get("SECRET_KEY"):
            os.environ["SECRET_KEY"] = kept(ROOT / ".secret-key", lambda: secrets.token_urlsafe(50))
        if needs_database(words):
            database.export_url(ROOT / ".postgres")


def needs_database(words: Sequence[str]) -> bool:
    if {"--help", "-h", "--version"} & set(words):
        return False
    return words[0] not in WITHOUT_DATABASE or "--database" in words


def kept(file: Path, make: Callable[[], str]) -> str:
    """The content of a file that only its owner may read, made at the first call."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(make())
    except FileExistsError:
        pass
    return file.read_text()


def main() -> None:
    """The command line: what manage.py runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azm.settings")
    try:
        prepare(sys.argv)
    except database.Unavailable as reason:
        sys.exit(str(reason))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
