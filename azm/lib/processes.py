"""Children that do not outlive their parent."""

import ctypes
import os
import signal
import sys

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
