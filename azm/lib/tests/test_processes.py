"""Processes beside each other. That children end with their parent is shown where a database is started."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from azm.lib.processes import one_at_a_time

HOLD = "import sys; from pathlib import Path; from azm.lib.processes import one_at_a_time as o\n"
HOLD += "with o(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"


def is_free(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


class TestOneAtATime:
    def test_keeps_others_out_until_it_is_done(self, tmp_path: Path) -> None:
        with one_at_a_time(tmp_path):
            assert not is_free(tmp_path)
        assert is_free(tmp_path)

    def test_lets_the_next_one_in_after_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(ZeroDivisionError), one_at_a_time(tmp_path):
            1 / 0  # noqa: B018
        assert is_free(tmp_path)

    def test_lets_the_next_one_in_when_a_process_is_killed(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", HOLD, str(tmp_path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "in\n"
            assert not is_free(tmp_path)
            process.kill()
        assert is_free(tmp_path)
