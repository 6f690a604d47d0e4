"""Log lines: one JSON object each, without personal data."""

from __future__ import annotations

import errno
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from answerable.lib.causes import causes

FACTS = {"ticket", "message", "mail", "clock", "job", "count", "seconds", "path", "status"}
# What these say names code. What others say may hold what somebody wrote.
SAY_NOTHING_PERSONAL = (AttributeError, ImportError, NameError, TypeError)
# What PostgreSQL says of the row or the statement at hand, to the end.
OF_A_ROW = re.compile(r"(DETAIL|CONTEXT|QUERY|LINE \d+):.*", re.DOTALL)
ADDRESS = re.compile(r"[^\s<>()\[\]\"'=:;,]+@[^\s<>()\[\]\"'=:;,]+")
# A long part of a path may be the key in somebody's link.
KEY = re.compile(r"(?<=/)[\w-]{24,}(?=/|$)")
SELDOM_SECONDS = 10.0

Lost = tuple[type[BaseException], BaseException | None, TracebackType | None]


class OneLine(logging.Formatter):
    """Writes a record as one line of JSON with only the facts we allow."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": without_values(record.getMessage()),
        }
        line |= {name: value for name, value in vars(record).items() if name in FACTS}
        if record.exc_info and record.exc_info[1]:
            line["error"] = what_failed(record.exc_info[1])
        return json.dumps(line, default=str)


class Seldom(logging.Filter):
    """Lets a line through once in ten seconds: who tries again often would say it often."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[object, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        last = self._said.get(record.msg)
        if last is not None and abs(record.created - last) < SELDOM_SECONDS:
            return False
        self._said[record.msg] = record.created
        return True


def without_values(text: str) -> str:
    """Return a text without addresses, keys in links, and what PostgreSQL says of a row."""
    return KEY.sub("…", ADDRESS.sub("…", OF_A_ROW.sub("…", text)))


def what_failed(error: BaseException) -> str:
    """Return where an error happened and of what kind it is, with what led to it first.

    Without what it says: a row, a parameter or a mail may be quoted there.
    """
    told = [_told(one) for one in causes(error)]
    return "\nWhich led to:\n".join(reversed(told))


def catch_all() -> None:
    """Have what nobody catches, in any thread, end as a log line like the others."""
    sys.excepthook = lambda kind, error, trace: _lost((kind, error, trace))
    threading.excepthook = lambda lost: _lost(
        (lost.exc_type, lost.exc_value, lost.exc_traceback)
    )


def _lost(lost: Lost) -> None:
    kind, error, trace = lost
    known = (kind, error, trace) if error else None
    logging.getLogger(__name__).critical("Nobody caught an error.", exc_info=known)


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    told = f"Traceback (most recent call last):\n{frames}{_kind(error)}"
    if isinstance(error, BaseExceptionGroup):
        told += "".join(f"\nOne of these:\n{what_failed(one)}" for one in error.exceptions)
    return told


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    facts = "; ".join(_facts(error))
    name = f"{name} [{facts}]" if facts else name
    return f"{name}: {error}" if isinstance(error, SAY_NOTHING_PERSONAL) else name


def _facts(error: BaseException) -> Iterator[str]:
    """Yield what is known of an error in names and numbers of ours and of the system."""
    if sqlstate := getattr(error, "sqlstate", None):
        yield f"SQLSTATE {sqlstate}"
    diagnosis = getattr(error, "diag", None)
    for name in ("table", "column", "constraint"):
        if value := getattr(diagnosis, f"{name}_name", None):
            yield f"{name} {value}"
    if isinstance(error, OSError) and error.errno:
        yield errno.errorcode.get(error.errno, str(error.errno))


def logging_at(level: str) -> dict[str, Any]:
    """Return how Django is to set up logging: one line each, from a level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "answerable.lib.logs.OneLine"}},
        "filters": {"seldom": {"()": "answerable.lib.logs.Seldom"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "imapclient": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
            "psycopg.pool": {"level": "WARNING", "filters": ["seldom"]},
        },
    }
