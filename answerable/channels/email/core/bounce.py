"""Whom a bounce says a mail did not reach, why, and whether that is final. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from answerable.channels.email.core.bounce_json import blocks_in_json
from answerable.channels.email.core.bounce_parts import Notice, notice_in
from answerable.channels.email.core.bounce_reason import (
    Told,
    is_final,
    is_hard,
    is_late,
    reason_of,
    status_of,
)
from answerable.channels.email.core.bounce_report import (
    ADDRESS,
    Block,
    address_in,
    blocks_in,
    tidy,
    without_fields,
)
from answerable.channels.email.core.bounce_text import Entry, entries_in, named_in_sentences

MOST_RECIPIENTS = 200
LONGEST_WHY = 400
ARRIVED = {"delivered", "relayed", "expanded", "transferred"}
TO = re.compile(r"^\s*(?:to|x-original-to|rcpt to|recipient) ?:(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounced:
    """A recipient whom a mail did not reach, or not yet."""

    recipient: str
    status: str  # RFC 3463, given or derived
    reason: str  # one of bounce_words.Reason
    hard: bool  # whether nothing sent there will ever arrive
    final: bool = True  # whether this mail is given up; one that is only late is not
    original: str = ""  # the address that we wrote to, where a server tells both
    why: str = ""  # the server's own words


@dataclass(frozen=True, slots=True)
class _Named:
    recipient: str
    block: Block
    words: str


def bounces_in(message: EmailMessage, text: str = "") -> tuple[Bounced, ...]:
    """Return the recipients that a bounce says failed or wait, each once; none for other mail.

    `text` is the mail's text, for when its parts show none.
    """
    notice = notice_in(message, text)
    said, copied = without_fields(notice.said)
    blocks = blocks_in_json(text) or blocks_in([*notice.fields, "", *copied])
    subject = str(message.get("subject") or "")
    entries = entries_in(said, subject) or named_in_sentences(said)
    flat = " ".join(" ".join(said).split())
    named = _named(message, notice, blocks, entries, flat)[:MOST_RECIPIENTS]
    late = is_late(f"{subject} {flat}")
    told = [_bounced(one, flat if len(named) == 1 else "", late) for one in named]
    return tuple({one.recipient.lower(): one for one in reversed(told)}.values())[::-1]


def _named(
    message: EmailMessage,
    notice: Notice,
    blocks: Sequence[Block],
    entries: Sequence[Entry],
    flat: str,
) -> list[_Named]:
    """Return whom a notice names: in fields, in a header, in words, or in what it returns."""
    words = {entry.recipient.lower(): entry.text() for entry in entries}
    known = [block for block in blocks if block.recipient]
    if known:
        failed = [block for block in known if block.action not in ARRIVED]
        return [_Named(b.recipient, b, _words_of(b, words, len(known), flat)) for b in failed]
    block = next(iter(blocks), Block())
    header = [
        tidy(one) for one in ADDRESS.findall(str(message.get("x-failed-recipients") or ""))
    ]
    if header:
        return [_Named(one, block, words.get(one.lower(), flat)) for one in header]
    if entries:
        return [
            _Named(e.recipient, block, e.text() if len(entries) > 1 else flat) for e in entries
        ]
    last = _last_resort(notice)
    return [_Named(last, block, flat)] if last else []


def _words_of(block: Block, words: dict[str, str], known: int, flat: str) -> str:
    for address in (block.recipient, block.original):
        if address.lower() in words:
            return words[address.lower()]
    return flat if known == 1 else ""


def _last_resort(notice: Notice) -> str:
    """Return the first recipient of the mail that is returned."""
    for line in [*notice.said, *notice.returned]:
        found = TO.match(line)
        if found and (address := address_in(found.group(1))):
            return address
    return ""


def _bounced(named: _Named, said: str, late: bool) -> Bounced:
    block = named.block
    told = Told(
        block.diagnosis,
        f"{named.words} {block.category}",
        said,
        block.action,
        block.status,
        block.reporter,
        late,
    )
    reason = reason_of(told)
    status = status_of(told, reason)
    return Bounced(
        recipient=named.recipient,
        status=status,
        reason=reason.value,
        hard=is_hard(reason, status),
        final=is_final(told, status),
        original=block.original or named.recipient,
        why=" ".join((block.diagnosis or named.words).split())[:LONGEST_WHY],
    )
