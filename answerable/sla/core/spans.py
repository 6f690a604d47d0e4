"""Stretches of time, and what is wrong when there are none. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


class NeverOpen(Exception):
    """The calendar has no hours within reach, so nothing is ever due on it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which the clock runs."""

    begin: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is, in real time."""
        return self.end - self.begin
