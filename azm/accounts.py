"""As which user of this machine PostgreSQL runs, and which folders that user may enter."""

import hashlib
import os
import pwd
import stat
import tempfile
from pathlib import Path

LONGEST_PLACE_FOR_SOCKETS = 60  # the system allows some 100 bytes for the whole path of a socket


class Unsuitable(Exception):
    """PostgreSQL cannot run as, or for, this user; the message says why."""


def server_account(folder: Path, data: Path) -> pwd.struct_passwd:
    """The owner of the data, if there is any yet. PostgreSQL refuses root, so nobody stands in."""
    me = os.geteuid()
    owner = data.stat().st_uid if data.exists() else me
    if me not in (0, owner):
        raise Unsuitable(
            f"The data in {folder} belongs to the user {name_of(owner)}. "
            "Work as the user who made it, or remove it with `make clean`."
        )
    try:
        return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:
        raise Unsuitable(f"PostgreSQL wants a user with a name; {owner} has none.") from None


def name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def check_reach(account: pwd.struct_passwd, *folders: Path) -> None:
    for folder in folders:
        if closed := first_closed(account, folder):
            raise Unsuitable(
                f"PostgreSQL does not run as root, and the user it would run as, "
                f"{account.pw_name}, may not enter {closed}. Put the project where others may "
                "enter, such as /srv, or work as an ordinary user."
            )


def first_closed(account: pwd.struct_passwd, path: Path) -> Path | None:
    """The first folder on the way to the path that the account may not enter."""
    for folder in [*reversed(path.parents), path]:
        found = folder.stat()
        if found.st_uid == account.pw_uid:
            needed = stat.S_IXUSR
        elif found.st_gid == account.pw_gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not found.st_mode & needed:
            return folder
    return None


def socket_folder(account: pwd.struct_passwd, data: Path) -> Path:
    """An empty folder with a short path that only the account may enter, at every start the same."""
    place = Path(tempfile.gettempdir())
    if len(os.fsencode(place)) > LONGEST_PLACE_FOR_SOCKETS or first_closed(account, place):
        place = Path("/tmp")
    key = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    folder = place / f"azm-{account.pw_uid}-{key}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == account.pw_uid
        if ours and not found.st_mode & 0o077:
            for leftover in folder.iterdir():  # of a server that was killed
                leftover.unlink()
            return folder
        # Another user may have made it, and could put a server of theirs there.
        folder = Path(tempfile.mkdtemp(prefix="azm-", dir=place))
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder
