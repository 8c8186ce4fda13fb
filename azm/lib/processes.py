"""What the standard library does not say about processes."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def dying_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """What a child calls to get the signal when its parent is gone, kill -9 included.

    The kernel means the thread that started the child, so start children in the main thread.
    It forgets the wish when the child changes its user, so the call comes after that.
    Only Linux knows it; elsewhere the call does nothing.
    """
    if sys.platform != "linux":
        return lambda: None
    libc, parent, set_death_signal = ctypes.CDLL(None), os.getpid(), 1

    def prepare() -> None:
        libc.prctl(set_death_signal, death_signal)
        if os.getppid() != parent:  # it died before the kernel was told
            os._exit(1)

    return prepare


def works_in(pid: int, folder: Path) -> bool:
    """Whether there is such a process, and the folder is its working directory."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cwd").samefile(folder)
        except OSError:  # it is gone, or another user's
            return False
    command = ["ps", "-o", "command=", "-p", str(pid)]  # names the folder, for the servers we start
    return str(folder) in subprocess.run(command, capture_output=True, text=True).stdout
