"""The Makefile tells what it can do, and lets signals through to what runs long."""

import re
import subprocess

import pytest

from azm.local import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.search(r"^\.PHONY: (.*)", MAKEFILE, re.MULTILINE)[1].split()  # type: ignore[index]


def recipe(target: str) -> str:
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found
    return found[1]


class TestMakefile:
    def test_lists_every_target_when_asked_for_nothing(self) -> None:
        command = ["make", "--no-print-directory"]  # it is itself run by make, as a rule
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        listed = [line.split()[:2] for line in done.stdout.splitlines()]
        assert listed == [["make", target] for target in TARGETS]

    @pytest.mark.parametrize("target", ["demo", "test", "shell"])
    def test_puts_no_shell_between_itself_and_what_runs_long(self, target: str) -> None:
        assert recipe(target).splitlines()[-1].startswith("\t@exec ")

    def test_has_relative_paths_only(self) -> None:
        assert not re.search(r"CURDIR|abspath|^/", MAKEFILE, re.MULTILINE)

    def test_removes_all_that_git_ignores(self) -> None:
        ignored = re.findall(r"^[^#\s].*", (ROOT / ".gitignore").read_text(), re.MULTILINE)
        removed = recipe("clean")
        for name in {name.strip("/") for name in ignored} - {"*.pyc", ".coverage.*"}:
            assert name in removed
