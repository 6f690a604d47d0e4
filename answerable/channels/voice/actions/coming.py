"""Lets the next agent into a browser call that is handed on to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.channels.voice.actions import recording
from answerable.channels.voice.actions.following import follow
from answerable.channels.voice.actions.handing import complete, keep_call
from answerable.channels.voice.core.browser import Kind
from answerable.channels.voice.core.states import News
from answerable.channels.voice.models import Call, Signal, Transfer

Side = Signal.Side


def comes_in(call: Call, agent: Agent, says: Collection[Kind], *, at: datetime) -> bool:
    """Hear what a page of an agent says who does not have this held call, and say whether it is
    theirs now: the page of whoever takes it over joins. Then its sound is sought anew, and what
    the first one recorded is over.

    The page of who left says nothing that counts any more.
    """
    if Kind.END in says and call.transfers.open().filter(taken_by=agent).exists():
        keep_call(call, Transfer.Outcome.NOT_TAKEN, at=at)
    if Kind.JOIN not in says or not complete(call, agent, at=at):
        return False
    recording.stop(call, at=at)
    for side in call.sides.all():
        side.says.pop("connected", None)
        side.save(update_fields=["says"])
    follow(call, News.LOST, at=at)
    call.refresh_from_db()
    return True
