"""The server from the wheel, in real processes that end in every way a process can end."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from azm import accounts, database
from azm.database import Server, Unavailable
from azm.local import ROOT

STARTER = """
import sys
from pathlib import Path
from azm.database import Server
print(Server(Path(sys.argv[1])).start(), flush=True)
sys.stdin.read()
"""


def make_place() -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory(prefix="azm test ")
    os.chmod(place.name, 0o755)  # root's server is another user's
    return place


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a database, for tests that leave no server behind. Its path has a space."""
    with make_place() as place:
        server = Server(Path(place) / "pg", durable=False)
        server.start()
        server.stop()
        yield server.folder
        if server.sockets:  # a killed process leaves it to the next start
            shutil.rmtree(server.sockets, ignore_errors=True)


@pytest.fixture
def empty_folder() -> Iterator[Path]:
    with make_place() as place:
        yield Path(place) / "pg"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    server = Server(folder, durable=False)
    yield server
    server.stop()


def start_elsewhere(folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Another process that starts the server and keeps it till its own end."""
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    )


def url_of(starter: subprocess.Popen[str]) -> str:
    assert starter.stdout
    return starter.stdout.readline().strip()


def end(starter: subprocess.Popen[str]) -> None:
    starter.communicate()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def postmaster_pid(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def is_gone(folder: Path) -> bool:
    """Nothing of a server is left: the lock, which it inherits, is free."""
    with (folder / "lock").open("w") as lock:
        return database.acquired(lock.fileno())


def is_gone_within(seconds: float, folder: Path) -> bool:
    until = time.monotonic() + seconds
    while not is_gone(folder) and time.monotonic() < until:
        time.sleep(0.02)
    return is_gone(folder)


class TestStarting:
    def test_makes_the_database_whatever_the_path_the_locale_and_the_leftovers(self, empty_folder: Path) -> None:
        assert " " in str(empty_folder)
        (empty_folder / "new-cut-short" / "base").mkdir(parents=True)
        starter = start_elsewhere(empty_folder, LANG="ur_PK.UTF-8", LC_ALL="tlh_QO.UTF-8")
        try:
            assert ask(url_of(starter), "SELECT current_database()") == "azm"
            assert not (empty_folder / "new-cut-short").exists()
        finally:
            end(starter)

    def test_sorts_and_reads_text_the_same_everywhere(self, server: Server) -> None:
        url = server.start()
        query = "SELECT concat_ws(' ', datlocprovider, datlocale, datctype) FROM pg_database LIMIT 1"
        assert ask(url, query) == "b C.UTF-8 C.UTF-8"
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert ask(url, "SELECT to_tsvector('simple', 'پاکستان، امن۔')::text") == "'امن':2 'پاکستان':1"

    def test_is_reached_by_a_private_socket_only(self, server: Server) -> None:
        url = server.start()
        assert ask(url, "SHOW listen_addresses") == ""
        assert server.sockets
        assert server.sockets.stat().st_mode & 0o077 == 0

    def test_is_forgetful_for_tests_only(self, folder: Path, server: Server) -> None:
        address = server.start()
        assert (ask(address, "SHOW fsync"), ask(address, "SHOW autovacuum")) == ("off", "off")
        server.stop()
        durable = Server(folder)
        try:
            address = durable.start()
            assert (ask(address, "SHOW fsync"), ask(address, "SHOW autovacuum")) == ("on", "on")
        finally:
            durable.stop()

    def test_happens_once_when_three_ask_at_the_same_time(self, empty_folder: Path) -> None:
        starters = [start_elsewhere(empty_folder) for _ in range(3)]
        try:
            assert len({url_of(starter) for starter in starters}) == 1
            assert not is_gone(empty_folder)
        finally:
            for starter in starters:
                end(starter)

    def test_uses_a_server_that_answers_already(self, folder: Path, server: Server) -> None:
        starter = start_elsewhere(folder)
        try:
            url = url_of(starter)
            assert server.start() == url
            assert server.process is None
        finally:
            end(starter)

    def test_needs_the_wheel(self, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        with pytest.raises(Unavailable, match="make install"):
            server.start()

    def test_is_left_to_a_given_address(self, monkeypatch: pytest.MonkeyPatch, empty_folder: Path) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/azm")
        database.export_url(empty_folder)
        assert not empty_folder.exists()


class TestStopping:
    def test_is_done_when_the_process_ends_in_order(self, folder: Path) -> None:
        starter = start_elsewhere(folder)
        url_of(starter)
        assert not is_gone(folder)
        end(starter)
        assert is_gone(folder)
        assert not (folder / "data" / "postmaster.pid").exists()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
    @pytest.mark.parametrize("death", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP, signal.SIGINT])
    def test_follows_the_death_of_the_process(self, folder: Path, death: signal.Signals) -> None:
        starter = start_elsewhere(folder)
        url_of(starter)
        starter.send_signal(death)
        end(starter)
        assert is_gone_within(10, folder)

    def test_removes_the_socket(self, server: Server) -> None:
        server.start()
        assert server.sockets
        server.stop()
        assert not server.sockets.exists()


class TestRecovering:
    def test_keeps_what_was_written_before_a_kill(self, folder: Path, server: Server) -> None:
        starter = start_elsewhere(folder)
        try:
            with psycopg.connect(url_of(starter)) as connection:
                connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
            os.kill(postmaster_pid(folder), signal.SIGKILL)
            assert is_gone_within(10, folder)
            assert ask(server.start(), "SELECT value FROM kept") == 7
        finally:
            end(starter)

    @pytest.mark.parametrize(
        "number", ["", "nonsense", "4194304000", str(os.getpid())], ids=["empty", "nonsense", "of nobody", "of another"]
    )
    def test_sees_through_a_leftover_pid_file(self, folder: Path, server: Server, number: str) -> None:
        leftover = f"{number}\n{folder}/data\n0\n5432\n/nowhere\n\n\nready\n" if number else ""
        (folder / "data" / "postmaster.pid").write_text(leftover)
        assert ask(server.start(), "SELECT 1") == 1

    def test_leaves_data_of_another_version_alone(self, folder: Path, server: Server) -> None:
        version = folder / "data" / "PG_VERSION"
        installed = version.read_text()
        version.write_text("9\n")
        try:
            with pytest.raises(Unavailable, match=r"PostgreSQL 9 wrote .*make clean"):
                server.start()
        finally:
            version.write_text(installed)

    def test_shows_the_end_of_the_log_when_the_server_fails(self, folder: Path, server: Server) -> None:
        configuration = folder / "data" / "postgresql.auto.conf"
        good = configuration.read_text()
        configuration.write_text("no_such_parameter = 1\n")
        try:
            with pytest.raises(Unavailable, match="no_such_parameter"):
                server.start()
        finally:
            configuration.write_text(good)

    def test_gives_up_in_the_end(self, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "PATIENCE", 0.1)
        with (folder / "lock").open("w") as lock:
            assert database.acquired(lock.fileno())
            with pytest.raises(Unavailable, match="in vain"):
                server.start()


class TestAccount:
    stranger = pwd.struct_passwd(("stranger", "x", 54321, 54321, "", "/", "/bin/false"))

    def test_is_the_owner_of_the_data(self, folder: Path) -> None:
        account = accounts.server_account(folder, folder / "data")
        assert account.pw_uid == (folder / "data").stat().st_uid != 0

    def test_cannot_take_over_the_data_of_someone_else(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: self.stranger.pw_uid)
        with pytest.raises(Unavailable, match="belongs to the user"):
            Server(folder).start()

    def test_is_told_which_folder_is_closed_to_it(self, folder: Path) -> None:
        home = folder.parent / "home"
        (home / "azm").mkdir(parents=True)
        assert accounts.first_closed(self.stranger, home / "azm") is None
        home.chmod(0o700)
        with pytest.raises(accounts.Unsuitable, match=f"stranger, may not enter {home}"):
            accounts.check_reach(self.stranger, home / "azm")

    def test_shares_its_socket_folder_with_nobody(self, folder: Path) -> None:
        me = pwd.getpwuid(os.geteuid())
        first = accounts.socket_folder(me, folder)
        try:
            (first / "leftover").touch()
            assert accounts.socket_folder(me, folder) == first
            assert list(first.iterdir()) == []
            first.chmod(0o777)
            other = accounts.socket_folder(me, folder)
            assert other != first
            assert other.stat().st_mode & 0o077 == 0
            other.rmdir()
        finally:
            first.rmdir()
