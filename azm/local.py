"""What a checkout needs to run by itself, with nothing set in the environment: key and database."""

import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from azm import database
from azm.lib.secretfiles import kept

ROOT = Path(__file__).resolve().parent.parent
# `check` is not among them: it asks PostgreSQL for its version, for the generated columns.
WITHOUT_DATABASE = {
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "version",
}


def main() -> None:
    """The command line: what manage.py runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azm.settings")
    try:
        prepare(sys.argv[1:])
    except database.Unavailable as reason:
        sys.exit(str(reason))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def prepare(words: Sequence[str]) -> None:
    """Fill in what the environment leaves open.

    A DATABASE_URL means a deployment, which brings a key of its own; the demo may use either.
    """
    sample = words[:1] == ["sample"]
    demo = words[:1] == ["demo"] or sample
    if sample:
        os.environ["AZM_SAMPLE"] = "True"
    if demo:
        os.environ["DEBUG"] = "False"  # what is seen is what would be deployed
    if demo or not os.environ.get("DATABASE_URL"):
        if not os.environ.get("SECRET_KEY"):
            os.environ["SECRET_KEY"] = kept(ROOT / ".secret-key", lambda: secrets.token_urlsafe(50))
        os.environ.setdefault("AZM_HTTPS", "False")  # it answers on this machine only
        if needs_database(words):
            is_sample = os.environ.get("AZM_SAMPLE") == "True"  # never in the database of the record
            database.export_url(ROOT / (".postgres-sample" if is_sample else ".postgres"))
    if not demo:  # pages must not keep the database busy; migrations and loads may
        os.environ.setdefault("AZM_STATEMENT_TIMEOUT", "0")


def needs_database(words: Sequence[str]) -> bool:
    if not words or {"-h", "--help", "--version"} & set(words):
        return False
    return words[0] not in WITHOUT_DATABASE or "--database" in words
