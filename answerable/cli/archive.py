"""The backup file: a tar of what it is, the secret key, and PostgreSQL's own dump."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from answerable.cli.wrong import Wrong

ABOUT, KEY, DUMP = "answerable.json", "secret-key", "database.dump"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class About:
    """Which release wrote a backup, and when."""

    release: str
    fingerprint: str
    made_at: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was opened for reading."""

    about: About
    secret_key: str
    dump: IO[bytes]


def write(file: Path, about: About, secret_key: str, dump: Callable[[IO[bytes]], None]) -> None:
    """Write a backup that is either whole or not there: beside its place, then put there."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with _private(draft) as out:
            _add(out, ABOUT, json.dumps(asdict(about)).encode())
            _add(out, KEY, secret_key.encode())
            _add_streamed(out, DUMP, dump)
            out.write(tarfile.NUL * 2 * tarfile.BLOCKSIZE)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
        _sync_folder(file.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """Open a backup; raise Wrong when it is none, or one of a later format."""
    try:
        with tarfile.open(file) as tar:
            said = json.loads(_member(tar, ABOUT).read())
            if said.get("format") != FORMAT:
                raise Wrong(f"{file} was written by a later release. Restore it with that one.")
            key = _member(tar, KEY).read().decode()
            yield Backup(About(**said), key, _member(tar, DUMP))
    except (tarfile.TarError, EOFError, KeyError, TypeError, ValueError) as error:
        raise Wrong(f"{file} is not a backup of Answerable, or not a whole one.") from error
    except OSError as error:
        raise Wrong(f"Cannot read {file}: {error.strerror or error}.") from error


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    member = tar.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member


def _private(draft: Path) -> IO[bytes]:
    """Open a new file that only we can read: it will hold everything."""
    try:
        return os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
    except OSError as error:
        raise Wrong(f"Cannot write to {draft.parent}: {error.strerror}.") from error


def _add(out: IO[bytes], name: str, content: bytes) -> None:
    def fill(place: IO[bytes]) -> None:
        place.write(content)

    _add_streamed(out, name, fill)


def _add_streamed(out: IO[bytes], name: str, fill: Callable[[IO[bytes]], None]) -> None:
    """Add a member whose size is known only afterwards: its head is written last."""
    head = out.tell()
    out.write(tarfile.NUL * tarfile.BLOCKSIZE)
    fill(out)
    size = out.tell() - head - tarfile.BLOCKSIZE
    out.write(tarfile.NUL * (-size % tarfile.BLOCKSIZE))
    end = out.tell()
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    out.seek(head)
    out.write(member.tobuf(tarfile.GNU_FORMAT))
    out.seek(end)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
