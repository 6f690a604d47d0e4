"""What every action in a chat needs: the chat's row held, its next entry, its next instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.core.timing import Rules, Standing, Step, next_step
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.wire import tell
from answerable.entitlements.core.chat_policy import ChatPolicy, policy_from_json
from answerable.lib.ready import Given, Ready

Kind = ChatEntry.Kind
Writer = Agent | Contact
HELD = Ready(lambda: Chat.objects.select_for_update(no_key=True).filter(pk=Given("pk")))


class ChatOver(Exception):
    """The chat has ended; what is written belongs on its ticket."""


def hold_chat(chat: Chat) -> Chat:
    """Return the chat with its row locked until the transaction ends.

    Raises ChatOver, also for one that has been erased meanwhile.
    """
    held = HELD.first(pk=chat.pk)
    if held is None or held.ended_at is not None:
        raise ChatOver
    return held


def add_entry(chat: Chat, kind: str, *, at: datetime, **facts: Any) -> ChatEntry:
    """Write the next entry of a held chat, and tell both sides once this is committed.

    The chat itself is saved by the caller.
    """
    chat.last_seq += 1
    entry = ChatEntry.objects.create(chat=chat, seq=chat.last_seq, kind=kind, at=at, **facts)
    tell(chat)
    return entry


def by(writer: Writer | None) -> dict[str, Writer]:
    """Return who wrote an entry as its columns have it."""
    if writer is None:
        return {}
    return {"agent" if isinstance(writer, Agent) else "contact": writer}


def keep(chat: Chat, *fields: str) -> None:
    """Save columns of a held chat, and when anything happens to it by itself next."""
    chat.wakes_at = wakes_at(chat)
    chat.save(update_fields=[*fields, "wakes_at"])


def wakes_at(chat: Chat, said_at: datetime | None = None) -> datetime | None:
    """Return the next instant at which anything happens to a chat by itself; `said_at`: when
    a line of ours is said that is not written yet."""
    step = step_of(chat, said_at)
    return step[0] if step else None


def step_of(chat: Chat, said_at: datetime | None = None) -> tuple[datetime, Step] | None:
    """Return what happens to a chat by itself next, and when; a query if its customer left."""
    if chat.ended_at is not None:
        return None
    waits = chat.agent_id is None
    since = chat.turn_since if chat.picked_up_at else chat.asked_at
    expected = chat.expected_seconds
    standing = Standing(
        waits_since=since if waits else None,
        was_taken=chat.picked_up_at is not None,
        expected=timedelta(seconds=expected) if expected is not None else None,
        closes_at=chat.closes_at,
        silent_since=chat.turn_since if chat.turn == Chat.Side.CONTACT else None,
        warned_at=chat.warned_at,
        left_at=chat.contact_left_at,
        unseen_at=said_at or _unseen_at(chat),
    )
    return next_step(standing, rules_of(policy_of(chat)))


def policy_of(chat: Chat) -> ChatPolicy:
    """Return what the plan says of a chat, as of its beginning."""
    return policy_from_json(chat.policy)


def rules_of(policy: ChatPolicy) -> Rules:
    """Return the times of a policy that decide what happens by itself."""
    return Rules(
        expected_wait=policy.expected_wait,
        unanswered_after=policy.unanswered_after,
        abandoned_after=policy.abandoned_after,
        warn_after=policy.warn_after,
        idle_after=policy.idle_after,
        mail_after=policy.mail_after,
        gone_after=policy.gone_after,
    )


def unseen(chat: Chat) -> Sequence[ChatEntry]:
    """Return what we said that the customer has neither seen nor been mailed, in order."""
    known = max(chat.contact_seen, chat.mailed_seq)
    rows = chat.entries.filter(kind=Kind.SAID, agent__isnull=False, seq__gt=known)
    return list(rows.order_by("seq").select_related("message"))


def _unseen_at(chat: Chat) -> datetime | None:
    if chat.contact_left_at is None:
        return None
    lines = unseen(chat)
    return lines[-1].at if lines else None
