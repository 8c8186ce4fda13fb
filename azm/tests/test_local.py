"""What a checkout fills in when the environment says nothing."""

import os
from pathlib import Path

import pytest

from azm import database, local
from azm.lib.secretfiles import kept

NAMES = ["DATABASE_URL", "DEBUG", "SECRET_KEY", "AZM_HTTPS", "AZM_STATEMENT_TIMEOUT"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The folders in which a database was wanted, in a checkout with an empty environment."""
    folders: list[Path] = []
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that what is set meanwhile is undone
        monkeypatch.delenv(name)
    monkeypatch.setattr(local, "ROOT", tmp_path)
    monkeypatch.setattr(database, "export_url", folders.append)
    return folders


class TestPrepare:
    @pytest.mark.parametrize("command", ["migrate", "shell", "demo", "check", "makemigrations", "load_record"])
    def test_starts_the_database_for_what_may_need_it(self, started: list[Path], tmp_path: Path, command: str) -> None:
        local.prepare([command])
        assert started == [tmp_path / ".postgres"]

    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["help"],
            ["help", "migrate"],
            ["migrate", "--help"],
            ["--version"],
            ["makemessages", "-l", "ur"],
            ["collectstatic", "--noinput"],
        ],
    )
    def test_starts_none_for_what_cannot(self, started: list[Path], words: list[str]) -> None:
        local.prepare(words)
        assert started == []

    def test_makes_a_key_and_keeps_it(self, started: list[Path]) -> None:
        local.prepare(["help"])
        key = os.environ.pop("SECRET_KEY")
        local.prepare(["help"])
        assert os.environ["SECRET_KEY"] == key
        assert len(key) >= 50

    def test_leaves_a_deployment_to_its_own_settings(
        self, started: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/azm")
        local.prepare(["migrate"])
        assert started == []
        assert "SECRET_KEY" not in os.environ
        assert "AZM_HTTPS" not in os.environ
        assert list(tmp_path.iterdir()) == []

    def test_limits_the_time_of_queries_for_pages_only(self, started: list[Path]) -> None:
        local.prepare(["demo"])
        assert "AZM_STATEMENT_TIMEOUT" not in os.environ
        local.prepare(["migrate"])
        assert os.environ["AZM_STATEMENT_TIMEOUT"] == "0"

    def test_never_shows_the_demo_with_debug_on(self, started: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DEBUG", "True")
        local.prepare(["demo"])
        assert os.environ["DEBUG"] == "False"


class TestMain:
    def test_says_in_one_sentence_why_there_is_no_database(
        self, started: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(folder: Path) -> None:
            raise database.Unavailable("No database today.")

        monkeypatch.setattr(database, "export_url", refuse)
        monkeypatch.setattr("sys.argv", ["manage.py", "migrate"])
        with pytest.raises(SystemExit, match=r"^No database today\.$"):
            local.main()


class TestSecretFile:
    def test_is_made_once_and_is_its_owners_only(self, tmp_path: Path) -> None:
        file = tmp_path / ".secret"
        assert [kept(file, lambda: "first"), kept(file, lambda: "second")] == ["first", "first"]
        assert file.stat().st_mode & 0o777 == 0o600
        assert list(tmp_path.iterdir()) == [file]

    def test_does_not_replace_what_another_process_just_made(self, tmp_path: Path) -> None:
        file = tmp_path / ".secret"

        def make() -> str:
            file.write_text("theirs")
            return "ours"

        assert kept(file, make) == "theirs"
