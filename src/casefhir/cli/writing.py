"""Documents → files and folders, each written whole or not at all."""

import os
import re
from collections.abc import Mapping
from errno import EEXIST
from pathlib import Path

_MADE = re.compile(r"[A-Za-z]+\.ndjson|[0-9]+-of-[0-9]+\.json")
"""The files in a folder that a command wrote."""


def write_whole(target: Path, content: bytes) -> None:
    """
    Write a file whole or not at all: a new file takes the place of the old one at the end.

    A link is followed; a pipe or a device is written to and stays.
    Raises: OSError; whatever was there before is then still there.
    """
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    import tempfile  # `check` goes without it, and without the dozen modules that it needs

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """
    Write a folder whole or not at all: a new one takes the place of the old one at the end.

    Raises: OSError, also if the old one holds what no command wrote; whatever was there before is then still there.
    """
    folder = Path(os.path.realpath(folder))
    if folder.exists() and not (folder.is_dir() and all(_MADE.fullmatch(name) for name in os.listdir(folder))):
        raise OSError(EEXIST, "there is something else, which would be lost")
    folder.parent.mkdir(parents=True, exist_ok=True)
    from shutil import rmtree
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as passing:
        new, old = Path(passing, "new"), Path(passing, "old")
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        rmtree(old, ignore_errors=True)
