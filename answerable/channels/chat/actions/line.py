"""Closes the line to new people, and opens it again."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.channels.chat.models import LineClosing
from answerable.channels.chat.wire import tell_line


def close_line(*, agent: Agent, at: datetime) -> LineClosing:
    """Let nobody new into the line; who waits goes on waiting. Return since when."""
    closing, is_new = LineClosing.objects.get_or_create(
        opened_at=None, defaults={"closed_at": at, "closed_by": agent}
    )
    if is_new:
        tell_line()
    return closing


def open_line(*, agent: Agent, at: datetime) -> None:
    """Let new people into the line again."""
    if LineClosing.objects.filter(opened_at=None).update(opened_at=at, opened_by=agent):
        tell_line()
