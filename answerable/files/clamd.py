"""Asks ClamAV's daemon about a file, by its INSTREAM command (clamd(8)).

Each piece is preceded by its length in four bytes, most significant first; a length of zero
ends the file. The answer is `stream: OK`, `stream: NAME FOUND`, or something with ERROR in it.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterable
from contextlib import closing

from answerable.lib.env import BadSetting

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
LONGEST_ANSWER = 4096
PLACE = re.compile(
    r"unix:(?P<path>/.+)|tcp://(?P<host>[^:/]+|\[[0-9a-f:]+\])(?::(?P<port>\d+))?/?"
)
FOUND = re.compile(r"stream: (?P<name>.+) FOUND")
USUAL_PORT = 3310


class Away(Exception):
    """The scanner does not answer, or not as one does."""


class Unreadable(Exception):
    """The scanner answers, but does not take this file: it is too large, say."""


def checked_place(place: str) -> str:
    """Return the setting as it is. Raises BadSetting when it names no socket."""
    if place and not PLACE.fullmatch(place):
        raise BadSetting(
            "ANSWERABLE_CLAMAV must be like unix:/run/clamav/clamd.ctl or "
            f"tcp://127.0.0.1:3310. It is {place!r}."
        )
    return place


def found_in(pieces: Iterable[bytes], place: str) -> str:
    """Return what the scanner found in a file, by its name for it; empty for nothing.

    Raises Away and Unreadable.
    """
    with closing(_connected(place)) as line:
        answer = _asked(line, pieces)
    if answer == "stream: OK":
        return ""
    if found := FOUND.fullmatch(answer):
        return found["name"][:200]
    if "size limit exceeded" in answer:
        raise Unreadable(answer[:200])
    raise Away(f"It answered {answer[:200]!r}.")


def version(place: str) -> str:
    """Return what the scanner says of itself. Raises Away."""
    with closing(_connected(place)) as line:
        try:
            line.sendall(b"zVERSION\0")
            return _answer(line)
        except OSError as error:
            raise Away(str(error)) from error


def _asked(line: socket.socket, pieces: Iterable[bytes]) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            line.sendall(struct.pack(">I", len(piece)))
            line.sendall(piece)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # It has heard enough, and has said why.
    except OSError as error:
        raise Away(str(error)) from error
    try:
        return _answer(line)
    except OSError as error:
        raise Away(str(error)) from error


def _answer(line: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        heard += more
    if not heard:
        raise Away("It hung up without a word.")
    return heard.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(place: str) -> socket.socket:
    named = PLACE.fullmatch(place)
    if named is None:
        raise Away(f"{place!r} names no socket.")
    try:
        if named["path"]:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(CONNECT_SECONDS)
            line.connect(named["path"])
        else:
            host = named["host"].strip("[]")
            port = int(named["port"] or USUAL_PORT)
            line = socket.create_connection((host, port), CONNECT_SECONDS)
    except OSError as error:
        raise Away(f"{place}: {error.strerror or error}") from error
    line.settimeout(ANSWER_SECONDS)
    return line
