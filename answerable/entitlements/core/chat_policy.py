"""What a plan says of chats: how long people wait, and when one goes on by mail. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from answerable.entitlements.core.durations import said
from answerable.entitlements.core.findings import Findings
from answerable.entitlements.core.rows import Row

if TYPE_CHECKING:
    from answerable.entitlements.core.plan import Terms

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
    written = {name: length for name, length in lengths.items() if length is not None}
    readers = row.texts("transcript_to")
    for reader in readers:
        if reader not in {CUSTOMER, AGENT}:
            row.note("transcript_to", "'{key}' names customer and agent, and nobody else.")
    policy = ChatPolicy(**written, transcript_to=readers)
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


def check_chats(terms: Terms, findings: Findings) -> None:
    """Note a target on chats that may be over before it is due: the chat is a request then."""
    after = terms.chats.unanswered_after
    for number, target in enumerate(terms.targets):
        path = ("targets", number)
        is_sooner = after < target.within and target.metric == "chat_pickup"
        if is_sooner and not findings.is_broken(path):
            findings.error(
                (*path, "within"),
                "A chat becomes a request {after} after the wait that was told, which may be "
                "before '{target}' is due.",
                "Write 'unanswered_after' of [chats] no shorter than {within}.",
                after=said(after),
                target=target.key,
                within=target.allowance,
            )


def policy_as_json(policy: ChatPolicy) -> dict[str, Any]:
    """Return a policy as plain values: lengths in seconds."""
    values = asdict(policy)
    return {name: values[name].total_seconds() for name in LENGTHS} | {
        "transcript_to": list(policy.transcript_to)
    }


def policy_from_json(stored: Mapping[str, Any]) -> ChatPolicy:
    """Return a stored policy; what it does not say has its default."""
    lengths = {name: timedelta(seconds=stored[name]) for name in LENGTHS if name in stored}
    return ChatPolicy(**lengths, transcript_to=tuple(stored.get("transcript_to", ())))
