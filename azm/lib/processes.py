"""Processes beside each other: children that do not outlive their parent, and one at a time in a folder."""

import ctypes
import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIBC = ctypes.CDLL(None)
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def die_with(parent: int, death_signal: signal.Signals) -> None:
    """What a child calls to get the signal when its parent is gone, kill -9 included.

    The kernel means the thread that started the child, so start children in the main thread.
    It forgets the wish when the child changes its user, so the call comes after that.
    Only Linux knows it; elsewhere the call does nothing.
    """
    if sys.platform == "linux":
        LIBC.prctl(SET_DEATH_SIGNAL, death_signal)
        if os.getppid() != parent:  # it died before the kernel was told
            os._exit(1)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process is within this for the same folder. Whoever dies inside lets the next one in."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
