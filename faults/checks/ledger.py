"""The mail ledger is complete: a row for each mail that was taken at a door, and no other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import BinaryField
from django.db.models.functions import Substr

from answerable.channels.email.models import InboundMail
from faults.boxes import HELP, mark_in
from faults.checks.evidence import Checked, Evidence
from faults.journal import Fate, SentMail

State, Door = InboundMail.State, InboundMail.Door
HEAD = 4000
COPY = "The same mail came before."
BECOMES = {
    Fate.REQUEST: State.ACCEPTED,
    Fate.REFUSED: State.REFUSED,
    Fate.PARKED: State.REVIEW,
    Fate.TOO_LONG: State.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the ledger."""

    pk: int
    door: str
    mailbox: str
    state: str
    reason: str
    ticket: int | None


def rows_by_mark() -> dict[str, list[Row]]:
    """Return the whole ledger by the marks of its mails; what is none of ours has none."""
    head = Substr("raw", 1, HEAD, output_field=BinaryField())
    wanted = ("pk", "door", "mailbox", "state", "reason", "ticket_id", "head")
    rows: dict[str, list[Row]] = defaultdict(list)
    found = InboundMail.objects.annotate(head=head).order_by("pk").values_list(*wanted)
    for *facts, begun in found.iterator():
        rows[mark_in(bytes(begun))].append(Row(*facts))
    return rows


def check(evidence: Evidence) -> Checked:
    """Compare what was handed over at the doors with the rows that there are."""
    checked = Checked("Each mail taken at a door has its row, which says what became of it")
    rows = rows_by_mark()
    lying = Counter[str]()
    for box in evidence.boxes:
        lying += box.marks
    for mail in evidence.journal.mails:
        mine = rows.pop(mail.mark, [])
        checked.cases += mail.accepted.total()
        _count(checked, mail, mine, lying[mail.mark])
        _judge(checked, mail, mine)
    strange = [row.pk for of_mark in rows.values() for row in of_mark]
    checked.find(bool(strange), f"Nobody sent what stands in the rows {strange}.")
    _tell(checked, evidence)
    return checked


def _count(checked: Checked, mail: SentMail, rows: Sequence[Row], lying: int) -> None:
    """Find doors that have too few rows of a mail, or more than were handed over."""
    stored = Counter(row.door for row in rows)
    for door in mail.tries | stored:
        least, most = mail.accepted[door], mail.tries[door]
        if door == Door.IMAP:
            checked.find(lying < least, f"{mail.mark}: the IMAP server has lost it.")
            # One that is moved while its server dies may lie in both folders afterwards.
            least, most = least if mail.box == HELP else lying, lying
        checked.find(
            stored[door] < least, f"{mail.mark}: {stored[door]} rows by {door} of {least}."
        )
        checked.find(
            stored[door] > most,
            f"{mail.mark}: {stored[door]} rows by {door}, sent {most} times.",
        )
    is_refused = mail.refused and mail.accepted.total() == 0
    checked.find(
        is_refused and bool(rows), f"{mail.mark} was refused at the door and is stored."
    )


def _judge(checked: Checked, mail: SentMail, rows: Sequence[Row]) -> None:
    """Find rows that do not say what a mail of this kind must have become, once."""
    first = [row for row in rows if row.state != State.DUPLICATE]
    checked.find(bool(rows) and len(first) != 1, f"{mail.mark} was taken {len(first)} times.")
    for row in rows:
        checked.find(not row.reason, f"{mail.mark}: row {row.pk} gives no reason.")
        checked.find(row.mailbox != mail.box, f"{mail.mark} is in the ledger of {row.mailbox}.")
        wanted = State.DUPLICATE if row not in first else BECOMES.get(mail.fate)
        checked.find(row.state != wanted, f"{mail.mark} is {row.state}: {row.reason}")
        is_copy = row.state == State.DUPLICATE
        checked.find(is_copy != (row.reason == COPY), f"{mail.mark}: {row.reason}")
        is_elsewhere = mail.ticket and row in first and not _is_on(mail.ticket, row)
        checked.find(
            bool(is_elsewhere), f"{mail.mark} answers #{mail.ticket} and is in #{row.ticket}."
        )


def _is_on(ticket: int, row: Row) -> bool:
    """Say whether a mail is on a ticket, or where that goes on since it ended long ago."""
    return row.ticket == ticket or row.reason.startswith(f"#{ticket} goes on in #{row.ticket}")


def _tell(checked: Checked, evidence: Evidence) -> None:
    mails = evidence.journal.mails
    handed = sum(mail.tries.total() for mail in mails)
    heard = sum(mail.accepted.total() for mail in mails)
    rows = InboundMail.objects.count()
    checked.notes.append(
        f"{len(mails)} mails, handed over {handed} times; {heard} times their senders heard "
        f"that they were taken. {rows} rows: of {rows - heard} nobody had heard so."
    )
    checked.notes.extend(_by_door())


def _by_door() -> Iterator[str]:
    found = Counter(InboundMail.objects.values_list("door", "state"))
    for door in Door:
        said = ", ".join(
            f"{found[door, state]} {state.label}" for state in State if found[door, state]
        )
        if said:
            yield f"{door.label}: {said}."
