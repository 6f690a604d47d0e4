"""What a plan says of chats: how long people wait, and when one goes on by mail. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any

from answerable.entitlements.core.rows import Row

MINUTE = timedelta(minutes=1)
CUSTOMER, AGENT = "customer", "agent"


@dataclass(frozen=True, slots=True)
class ChatPolicy:
    """The times of a chat, each counted from what it names; docs/plans.md says what each does.

    `transcript_to`: who gets a copy by mail at the end of each chat, "customer" and "agent".
    """

    expected_wait: timedelta = 5 * MINUTE
    unanswered_after: timedelta = 5 * MINUTE
    abandoned_after: timedelta = 10 * MINUTE
    suggest_after: timedelta = 10 * MINUTE
    warn_after: timedelta = 25 * MINUTE
    idle_after: timedelta = 30 * MINUTE
    mail_after: timedelta = MINUTE
    gone_after: timedelta = 5 * MINUTE
    transcript_to: tuple[str, ...] = ()


LENGTHS = tuple(one.name for one in fields(ChatPolicy) if one.name != "transcript_to")
DEFAULT = ChatPolicy()


def read_chat_policy(row: Row) -> ChatPolicy:
    """Return what the table `[chats]` says; what it leaves out has its default."""
    lengths = {name: row.length_or_none(name) for name in LENGTHS}
    said = {name: length for name, length in lengths.items() if length is not None}
    readers = row.texts("transcript_to")
    for reader in readers:
        if reader not in {CUSTOMER, AGENT}:
            row.note("transcript_to", "'{key}' names customer and agent, and nobody else.")
    policy = ChatPolicy(**said, transcript_to=readers)
    _check_order(row, policy)
    row.end()
    return policy


def _check_order(row: Row, policy: ChatPolicy) -> None:
    """Note what cannot be meant: nobody is warned of what has happened already."""
    if not policy.suggest_after <= policy.warn_after < policy.idle_after:
        row.note(
            "idle_after",
            "'suggest_after' comes first, then 'warn_after', then 'idle_after'.",
        )


def policy_as_json(policy: ChatPolicy) -> dict[str, Any]:
    """Return a policy as plain values: lengths in seconds."""
    said = asdict(policy)
    return {name: said[name].total_seconds() for name in LENGTHS} | {
        "transcript_to": list(policy.transcript_to)
    }


def policy_from_json(stored: Mapping[str, Any]) -> ChatPolicy:
    """Return a stored policy; what it does not say has its default."""
    lengths = {name: timedelta(seconds=stored[name]) for name in LENGTHS if name in stored}
    return ChatPolicy(**lengths, transcript_to=tuple(stored.get("transcript_to", ())))
