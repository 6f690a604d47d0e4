"""What a command stands on: the data folder, the secret key, the database's address."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from answerable.cli.say import complain
from answerable.cli.wrong import Wrong
from answerable.lib import postgres

LEAST_FREE = 100 * 1024 * 1024


def lay(data: Path) -> Path:
    """Make the data folder, and the secret key in it; tell settings where they are."""
    data = data.expanduser().resolve()
    try:
        (data / "logs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Wrong(
            f"Cannot write to {data}: {error.strerror}. Choose another folder: "
            "answerable up --data DIR"
        ) from error
    if not os.access(data, os.W_OK | os.X_OK) or not os.access(data / "logs", os.W_OK):
        raise Wrong(
            f"Cannot write to {data}: it belongs to somebody else. Choose another folder: "
            "answerable up --data DIR"
        )
    os.environ["ANSWERABLE_DATA"] = str(data)
    if not {"ANSWERABLE_SECRET_KEY", "ANSWERABLE_SECRET_KEY_FILE"} & os.environ.keys():
        os.environ["ANSWERABLE_SECRET_KEY_FILE"] = str(_secret_key(data))
    return data


def need_room(data: Path, least: int = LEAST_FREE) -> None:
    """Raise Wrong when the disk has less room than this many bytes."""
    free = shutil.disk_usage(data).free
    if free < least:
        raise Wrong(
            f"The disk that holds {data} is full: {free // 2**20} MB are left. "
            "Free some space, then start again."
        )


def _secret_key(data: Path) -> Path:
    file = data / "secret-key"
    if not file.exists():
        draft = data / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        draft.replace(file)
    return file


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder, so that no second `up` runs on it; raise Wrong when one does."""
    with (data / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Wrong(
                f"Answerable already runs on {data}. Stop that one first, or choose another "
                "folder: answerable up --data DIR"
            ) from None
        yield


def is_up(data: Path) -> bool:
    """Say whether an `up` runs on this data folder."""
    try:
        with only_one(data):
            return False
    except Wrong:
        return True


@contextmanager
def bare(data: Path) -> Iterator[None]:
    """Prepare nothing: the command does all itself."""
    yield


@contextmanager
def looked_at(data: Path) -> Iterator[None]:
    """Name a database that runs, if one does; start nothing."""
    lay(data)
    if not is_named():
        _name(postgres.adopt(_resolved(data)))
    yield


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Stand on a database that runs already."""
    lay(data)
    if not is_named() and not _name(postgres.adopt(_resolved(data))):
        raise Wrong(
            "No database runs here. Start everything with: answerable up, or name a server in "
            "ANSWERABLE_DATABASE_URL."
        )
    yield


@contextmanager
def visited(data: Path) -> Iterator[None]:
    """Stand on the database that runs, or on our own one, started for this command alone."""
    lay(data)
    if is_named() or _name(postgres.adopt(_resolved(data))):
        yield
        return
    need_room(_resolved(data))
    server = postgres.start(_resolved(data), say=complain)
    _name(server)
    try:
        yield
    finally:
        server.stop()


def _resolved(data: Path) -> Path:
    return data.expanduser().resolve()


def is_named() -> bool:
    """Say whether the operator named a database of their own."""
    return bool({"ANSWERABLE_DATABASE_URL", "ANSWERABLE_DATABASE_URL_FILE"} & os.environ.keys())


def _name(server: postgres.Server | None) -> bool:
    if server is not None:
        os.environ["ANSWERABLE_DATABASE_URL"] = server.url()
    return server is not None


GROUNDS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "bare": bare,
    "looked_at": looked_at,
    "running": running,
    "visited": visited,
}
