"""The browser of the system, for nothing is downloaded."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox to be had, and nothing of the browser's own may go over the network.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def find_chromium() -> str:
    """Its path, or the one in AZM_CHROMIUM; empty where there is none."""
    return os.environ.get("AZM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
