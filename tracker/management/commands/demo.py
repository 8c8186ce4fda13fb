"""The whole of Azm on this machine, served as it would be deployed."""

import argparse
import hashlib
import json
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from azm.lib.processes import die_with, one_at_a_time
from azm.lib.secretfiles import kept
from tracker.access import CENTRAL_ANALYST, REVIEWER

HOST = "127.0.0.1"
PASSWORDS = settings.BASE_DIR / ".demo-passwords"
USERS = {"analyst": CENTRAL_ANALYST, "reviewer": REVIEWER}


class Command(BaseCommand):
    help = "Prepare the database, load the record, make the users analyst and reviewer, and serve."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="default: 8000")
        parser.add_argument("--no-serve", action="store_true", help="prepare only")

    def handle(self, *args: Any, port: int, no_serve: bool, **options: Any) -> None:
        if not no_serve:
            require_free(port)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # the limit is for pages
        self.migrate()
        self.collect_static()
        self.load()
        self.make_users(port)
        self.point_elsewhere()
        if not no_serve:
            self.say("Starting the server")
            connection.close()  # the worker opens its own
            serve(port)

    def load(self) -> None:
        self.say("Loading the record")
        call_command("load_record", stdout=self.stdout)

    def point_elsewhere(self) -> None:
        self.say("To see a fully reported policy, everything in it invented, in another terminal: make sample")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Making the tables")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static(self) -> None:
        stamp = settings.STATIC_ROOT / ".collected"
        with one_at_a_time(settings.BASE_DIR):  # the demo and the sample share these files, and may be started together
            state = static_state()
            if not stamp.exists() or stamp.read_text() != state:
                self.say("Compressing the style sheets and scripts")
                call_command("collectstatic", clear=True, interactive=False, verbosity=0)
                stamp.write_text(state)

    def make_users(self, port: int) -> None:
        passwords = json.loads(kept(PASSWORDS, new_passwords))
        self.say(f"To enter and publish facts, log in at http://{HOST}:{port}/admin/ as")
        for name, group in USERS.items():
            known = make_user(name, group, passwords[name])
            self.say(f"  {name:8}  {passwords[name] if known else '(with the password you gave it)'}")


def port_number(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"{port} is no port")
    return port


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used: {error.strerror}. "
                f"Is the demo running already? Another port: make demo PORT={port + 1}"
            ) from error


def static_state() -> str:
    """A digest that changes when a static file does. Collecting takes seconds, this does not."""
    files = [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
    state = [(file, os.stat(file).st_mtime_ns, os.stat(file).st_size) for file in sorted(files)]
    return hashlib.sha256(repr(state).encode()).hexdigest()


def new_passwords() -> str:
    return json.dumps({name: secrets.token_urlsafe(12) for name in USERS})


@transaction.atomic
def make_user(name: str, group: str, password: str) -> bool:
    """Make the user unless it is there; whether the password is its password."""
    user, created = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if created:
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=group))
    return created or user.check_password(password)


def serve(port: int) -> None:
    """Serve until Ctrl-C, SIGTERM or the end of the terminal; the database then stops after us."""
    server = Granian(
        "azm.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=2,
        log_level=LogLevels.warning,
    )
    # Granian takes the end of the terminal for a wish to reload.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=partial(load, port, os.getpid()))


def load(port: int, parent: int, target: str) -> Callable[..., Any]:
    """What the worker does first."""
    die_with(parent, signal.SIGKILL)
    os.setsid()  # Ctrl-C is for the parent, who asks us to end; asked twice, Granian's worker hangs
    for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wish, signal.SIG_DFL)  # till Granian sets the worker's, not the parent's
    threading.Thread(target=announce, args=[port], daemon=True).start()
    application: Callable[..., Any] = import_string(settings.WSGI_APPLICATION)
    return application


def announce(port: int) -> None:
    """Say when the server can be reached, which it cannot yet."""
    while True:
        with suppress(OSError), socket.create_connection((HOST, port)):
            break
        time.sleep(0.05)
    address = f"http://{HOST}:{port}/"
    print(f"Ready: {address}, in Urdu {address}ur/. Ctrl-C stops it.", flush=True)
