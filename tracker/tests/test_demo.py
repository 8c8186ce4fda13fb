"""`manage.py demo`: prepares once, keeps what is there, serves, and leaves nothing running."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from tracker.management.commands import demo

SERVER = """
import sys, django
django.setup()
from tracker.management.commands import demo
demo.serve(int(sys.argv[1]))
"""


@pytest.fixture
def passwords(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, as far as the demo writes into one."""
    settings.STATIC_ROOT = tmp_path / "staticfiles"
    monkeypatch.setattr(demo, "PASSWORDS", tmp_path / ".demo-passwords")
    return tmp_path / ".demo-passwords"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that the demo gave. Loading the record takes long and has tests of its own."""
    given: list[str] = []
    call = demo.call_command

    def call_unless_slow(name: str, **options: Any) -> None:
        given.append(name)
        if name != "load_record":
            call(name, **options)

    monkeypatch.setattr(demo, "call_command", call_unless_slow)
    return given


def run_demo(**options: Any) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **({"no_serve": True} | options))
    return said.getvalue()


@pytest.mark.django_db
class TestPreparing:
    def test_loads_the_record(self, passwords: Path, commands: list[str]) -> None:
        run_demo()
        assert commands == ["collectstatic", "load_record"]

    def test_says_what_it_does_and_whom_to_log_in_as(self, passwords: Path, commands: list[str]) -> None:
        said = run_demo(port=8123)
        known = json.loads(passwords.read_text())
        assert said.index("Compressing") < said.index("Loading the record") < said.index("log in at")
        assert "http://127.0.0.1:8123/admin/" in said
        for name in ("analyst", "reviewer"):
            assert f"{name:8}  {known[name]}" in said
        assert passwords.stat().st_mode & 0o777 == 0o600

    def test_makes_a_central_analyst_and_a_reviewer(self, passwords: Path, commands: list[str]) -> None:
        run_demo()
        known = json.loads(passwords.read_text())
        for name, group in {"analyst": "Central analyst", "reviewer": "Reviewer"}.items():
            user = get_user_model().objects.get(username=name)
            assert user.is_staff
            assert not user.is_superuser
            assert [found.name for found in user.groups.all()] == [group]
            assert user.check_password(known[name])

    def test_keeps_what_a_first_start_made(self, passwords: Path, commands: list[str]) -> None:
        first = run_demo()
        analyst = get_user_model().objects.get(username="analyst")
        again = run_demo()
        assert get_user_model().objects.get(username="analyst").password == analyst.password
        assert first[first.index("To enter") :] == again[again.index("To enter") :]
        assert "Compressing" not in again

    def test_does_not_print_a_password_that_is_no_longer_one(self, passwords: Path, commands: list[str]) -> None:
        run_demo()
        analyst = get_user_model().objects.get(username="analyst")
        analyst.set_password("one of my own")
        analyst.save()
        said = run_demo()
        assert json.loads(passwords.read_text())["analyst"] not in said
        assert "analyst   (with the password you gave it)" in said

    def test_collects_the_static_files_again_when_one_changed(
        self, passwords: Path, commands: list[str], settings: Any, tmp_path: Path
    ) -> None:
        settings.STATICFILES_DIRS = [tmp_path / "sheets"]
        sheet = tmp_path / "sheets" / "page.css"
        sheet.parent.mkdir()
        sheet.write_text("a {}")
        run_demo()
        sheet.write_text("a, b {}")
        assert "Compressing" in run_demo()
        assert (tmp_path / "staticfiles" / "page.css").read_text() == "a, b {}"


class TestPort:
    @pytest.mark.django_db
    def test_in_use_is_said_before_any_work(self, passwords: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(CommandError, match=f"Port {port} cannot be used.*PORT={port + 1}"):
                run_demo(port=port, no_serve=False)
        assert not get_user_model().objects.exists()
        assert not passwords.exists()

    @pytest.mark.parametrize("port", ["0", "65536", "http"])
    def test_is_a_number_a_port_can_have(self, port: str) -> None:
        with pytest.raises(CommandError, match="--port"):
            call_command("demo", f"--port={port}")


class Served:
    """The demo's server in a process of its own, without its preparations."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            # Nothing was collected in a fresh checkout, and these pages need no static files.
            [sys.executable, "-W", "ignore:No directory at", "-c", SERVER, str(self.port)],
            cwd=project.BASE_DIR,
            env=os.environ | {"DEBUG": "False"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a process group, as in a terminal
        )
        assert self.process.stdout
        self.first_line = self.process.stdout.readline()

    def get(self, path: str) -> int:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
            return int(response.status)

    def answers(self) -> bool:
        try:
            return self.get("/healthz") == 200
        except (URLError, ConnectionError):
            return False

    def is_gone_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.answers():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    yield served
    if served.process.poll() is None:
        served.process.kill()
    served.process.communicate()


class TestServing:
    def test_is_announced_when_it_can_be_reached(self, served: Served) -> None:
        assert served.first_line.startswith(f"Ready: http://127.0.0.1:{served.port}/, in Urdu ")
        assert served.get("/readyz") == 200

    @pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_ends_in_order_when_asked_to(self, served: Served, wish: signal.Signals) -> None:
        served.process.send_signal(wish)
        assert served.process.wait(20) == 0
        assert not served.answers()

    def test_ends_at_once_by_control_c(self, served: Served) -> None:
        """Which reaches every process of the group."""
        for path in ("/healthz", "/readyz", "/healthz"):
            served.get(path)
        os.killpg(served.process.pid, signal.SIGINT)
        assert served.process.wait(5) == 0
        assert not served.answers()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
    def test_leaves_no_worker_behind_when_killed(self, served: Served) -> None:
        served.process.kill()
        served.process.wait(10)
        assert served.is_gone_within(10)
