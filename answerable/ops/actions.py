"""Writes what the operator's pages read: heartbeats, and the release of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.ops.models import Heartbeat, Release

FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Process:
    """A process of ours: what it does, where it runs, where it listens."""

    kind: str
    host: str
    pid: int
    address: str = ""


def beat(process: Process, *, at: datetime) -> None:
    """Write down that a process lives, and forget those that were silent for an hour."""
    Heartbeat.objects.update_or_create(
        kind=process.kind,
        host=process.host,
        pid=process.pid,
        defaults={"address": process.address, "at": at},
    )
    Heartbeat.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()


def leave(process: Process) -> None:
    """Write down that a process ended as it was asked to."""
    Heartbeat.objects.filter(kind=process.kind, host=process.host, pid=process.pid).delete()


def note_release(fingerprint: str, version: str, *, at: datetime) -> None:
    """Write down the release that the database is ready for."""
    Release.objects.update_or_create(
        pk=1,
        defaults={"fingerprint": fingerprint, "version": version, "prepared_at": at},
    )
