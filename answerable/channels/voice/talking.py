"""What the pages of a browser call are answered, on whichever face they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answerable.accounts.models import Agent
from answerable.channels.voice.actions.exchanging import Page, exchange
from answerable.channels.voice.core.browser import LONGEST_SAID, NotSaid, Said, said_in
from answerable.channels.voice.models import Call
from answerable.channels.voice.relays import connecting
from answerable.channels.voice.told import facts, seen

LONGEST_LEG = 32
MOST_SIGNALS = 200


def talked(
    call: Call, side: str, form: Mapping[str, str], *, agent: Agent | None = None, at: datetime
) -> dict[str, Any]:
    """Hear what a page of a side says in a form, and return what it is to know.

    `after` is the number of the last signal that it had, `leg` the page, `says` a list in JSON;
    with `servers` it is told how to connect. `agent` is whose page of ours speaks. Raises
    NotSaid for what no page of ours sends.
    """
    after, leg = form.get("after", "0"), form.get("leg", "")
    if not after.isdecimal() or len(after) > 18 or not _is_leg(leg):
        raise NotSaid
    held = exchange(call, Page(side=side, leg=leg, says=_says(form), agent=agent), at=at)
    signals = held.signals.filter(pk__gt=int(after)).exclude(side=side).order_by("pk")
    listed = list(signals.values("pk", "kind", "body")[:MOST_SIGNALS])
    # Names are read from the rows that came with the call; the held one has its state.
    held.contact = call.contact
    if held.agent_id == call.agent_id:
        held.agent = call.agent
    answer = {
        "number": listed[-1]["pk"] if listed else int(after),
        "signals": listed,
        "call": facts(seen(held, side, at, agent)),
    }
    if form.get("servers"):
        answer["connecting"] = connecting(held, side, at)
    return answer


def _is_leg(leg: str) -> bool:
    return leg.isascii() and leg.isalnum() and len(leg) <= LONGEST_LEG


def _says(form: Mapping[str, str]) -> list[Said]:
    text = form.get("says", "[]")
    if len(text) > LONGEST_SAID:
        raise NotSaid
    try:
        return said_in(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise NotSaid from error
