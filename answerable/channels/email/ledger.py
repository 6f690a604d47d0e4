"""Reads of the mail ledger: what came, what became of it, and which of it is looked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Count, Max, Q

from answerable.channels.email.models import (
    LEDGER_WORDS,
    InboundMail,
    InboundQuerySet,
    Replay,
)

State = InboundMail.State
# What may be read once more. An accepted mail is on its ticket, and stays there.
REPLAYABLE = (State.REVIEW, State.REFUSED, State.DUPLICATE)
# What somebody may decide on by hand.
OPEN_TO_DECISION = (State.REVIEW, State.REFUSED)

TICKET = re.compile(r"#?(\d{1,18})")
MAIL_ID = re.compile(r"<?([^<>\s@]+@[^<>\s@]+)>?")
WORD = re.compile(r"[^\s@<>\"'&|!():*\\,;]+")
MOST_WORDS = 8
LONGEST = 200
MOST_COUNTED = 1000
# So many of the newest mails are looked at for words before the index is.
WINDOW = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which mails are looked for: words, a ticket, a Message-ID; a state, days."""

    words: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    def values(self) -> dict[str, str]:
        """Return what is asked for as an address says it; what is not asked for is left out."""
        said = {
            "q": self.words,
            "state": self.state,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the ledger, the newest mail first; `older` leads to the next, 0 at the end."""

    mails: list[InboundMail]
    older: int


def sought(values: Mapping[str, str]) -> Sought:
    """Return what an address asks for; what it says wrongly counts as left out."""
    state = values.get("state", "")
    return Sought(
        words=values.get("q", "").replace("\0", "").strip()[:LONGEST],
        state=state if state in State.values else "",
        since=_day(values.get("since", "")),
        until=_day(values.get("until", "")),
    )


def found(asked: Sought, zone: tzinfo = UTC) -> InboundQuerySet:
    """Return the mails that are looked for, by days of this zone, without their bytes."""
    mails = InboundMail.objects.defer("raw")
    if asked.state:
        mails = mails.filter(state=asked.state)
    if asked.since:
        mails = mails.filter(received_at__gte=_midnight(asked.since, zone))
    if asked.until:
        end = _midnight(date.fromordinal(asked.until.toordinal() + 1), zone)
        mails = mails.filter(received_at__lt=end)
    return _with_words(mails, asked.words) if asked.words else mails


def listed(asked: Sought, zone: tzinfo, *, before: int | None, size: int) -> Listing:
    """Return a page of mails below a number, or the newest."""
    mails = found(asked, zone).select_related("ticket").order_by("-pk")
    if before:
        mails = mails.filter(pk__lt=before)
    is_rare = _is_rare(asked)
    rows = _with_rare_words(mails, before, size) if is_rare else list(mails[: size + 1])
    return Listing(rows[:size], rows[size - 1].pk if len(rows) > size else 0)


def _is_rare(asked: Sought) -> bool:
    """Say whether words are looked for among many mails, where an index has to be chosen."""
    by_words = WORD.search(asked.words) and not TICKET.fullmatch(asked.words)
    by_id = asked.words.startswith("<") and MAIL_ID.fullmatch(asked.words)
    return bool(by_words and not by_id and asked.state in {"", State.ACCEPTED})


def _with_rare_words(
    mails: InboundQuerySet, before: int | None, size: int
) -> list[InboundMail]:
    """Return mails that have words, by the index of words where they are rare.

    PostgreSQL cannot know how often the beginning of a word occurs. Words that fill a page
    from the newest mails alone are common, and those are read one after another. Rare ones are
    looked up, which the planner is made to do.
    """
    newest = InboundMail.objects.aggregate(newest=Max("pk"))["newest"] or 0
    near = mails.filter(pk__gt=(before or newest + 1) - WINDOW)
    rows = list(near[: size + 1])
    if len(rows) > size:
        return rows
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        rows = list(mails[: size + 1])
        cursor.execute("RESET enable_seqscan; RESET enable_indexscan")
    return rows


def count_parked() -> int:
    """Return how many mails wait for somebody to decide, as far as is counted."""
    return InboundMail.objects.parked()[: MOST_COUNTED + 1].count()


def unfinished_replays() -> list[int]:
    """Return the numbers of replays that have not taken up all of their mails."""
    return list(Replay.objects.filter(done_at=None).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay is: of all, how many were taken up, and what became of those read."""

    replay: Replay
    taken: int
    read: int
    accepted: int
    parked: int
    refused: int
    duplicates: int

    @property
    def is_over(self) -> bool:
        """Whether all were read."""
        return self.replay.done_at is not None and self.read >= self.taken


def progress_of(replay: Replay) -> Progress:
    """Return how far a replay is."""
    states = Count("pk", filter=~Q(mail__state=State.STORED))
    told = replay.verdicts.aggregate(
        taken=Count("pk"),
        read=states,
        **{
            name: Count("pk", filter=Q(mail__state=state))
            for name, state in (
                ("accepted", State.ACCEPTED),
                ("parked", State.REVIEW),
                ("refused", State.REFUSED),
                ("duplicates", State.DUPLICATE),
            )
        },
    )
    return Progress(replay, **told)


def _with_words(mails: InboundQuerySet, words: str) -> InboundQuerySet:
    if ticket := TICKET.fullmatch(words):
        return mails.filter(Q(ticket_id=int(ticket[1])))
    if words.startswith("<") and (mail_id := MAIL_ID.fullmatch(words)):
        return mails.filter(mail_id=f"<{mail_id[1]}>")
    parts = WORD.findall(words)[:MOST_WORDS]
    if not parts:
        return mails.none()
    query = " & ".join(f"'{part}':*" for part in parts)
    return mails.annotate(ledger_words=LEDGER_WORDS).filter(
        ledger_words=SearchQuery(query, config="simple", search_type="raw")
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9000 else None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)
