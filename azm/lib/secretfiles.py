"""Small secrets that a checkout makes for itself, each in a file that only its owner may read."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept(file: Path, make: Callable[[], str]) -> str:
    """The content of the file, which is made at the first call."""
    if not file.exists():
        descriptor, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
        with open(descriptor, "w") as new:
            new.write(make())
        # A link appears whole or not at all, and never replaces what another process made meanwhile.
        with suppress(FileExistsError):
            os.link(draft, file)
        os.unlink(draft)
    return file.read_text()
