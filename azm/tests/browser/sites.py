"""The site as `make demo` and `make sample` serve it, each over a database that only these tests use."""

import csv
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

from azm.local import ROOT

SITES = {"record": "demo", "sample": "sample"}
READY = "Ready: "


class Site:
    """A server that answers, and the codes of what it has."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.first = cache(self._first)

    def _first(self, listing: str) -> dict[str, str]:
        """The row of a list that is linked the most, or else the first: its page has the most to show."""
        with urlopen(f"{self.address}/{listing}.csv") as file:
            rows = list(csv.DictReader(StringIO(file.read().decode("utf-8-sig"))))
        assert rows, f"/{listing}.csv has no row"
        return max(rows, key=lambda row: sum(bool(value) for value in row.values()))


@contextmanager
def served(name: str) -> Iterator[Site]:
    """Serve one of the sites on a free port until the tests are over."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": new_database(f"browser_{name}_{os.getpid()}")}
    environment.pop("DEBUG", None)
    command = [sys.executable, "manage.py", SITES[name], "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said: list[str] = []
            for line in process.stdout:
                said.append(line)
                if line.startswith(READY):
                    break
            else:
                raise AssertionError(f"manage.py {SITES[name]} ended before it was ready:\n{''.join(said)}")
            yield Site(f"http://127.0.0.1:{port}")
        finally:
            process.send_signal(signal.SIGINT)


def new_database(name: str) -> str:
    """The address of an empty database on the server of the tests."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(parts._replace(path=f"/{name}"))
