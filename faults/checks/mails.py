"""Every mail that was answered with 250 is there, and became one ticket or message."""

from __future__ import annotations

from collections import Counter

from answerable.channels.email.models import InboundMail
from answerable.tickets.models import Message
from faults.checks.evidence import Checked, Evidence
from faults.journal import SentMail

State = InboundMail.State


def check(evidence: Evidence) -> Checked:
    """Compare what customers sent with what is stored and what became of it."""
    checked = Checked("Each mail acknowledged with 250 is one ticket or one message")
    stored: dict[str, list[str]] = {}
    for message_id, state in InboundMail.objects.values_list("mail_id", "state"):
        stored.setdefault(message_id.strip("<>"), []).append(state)
    bodies = Message.objects.filter(kind=Message.Kind.MESSAGE).values_list("body", flat=True)
    marks = Counter(mark for body in bodies if (mark := _mark(body)))
    for mail in evidence.journal.mails:
        _compare(checked, mail, stored, marks)
    _tell(checked, evidence, stored)
    return checked


def _compare(
    checked: Checked, mail: SentMail, stored: dict[str, list[str]], marks: Counter[str]
) -> None:
    states = stored.get(mail.message_id.strip("<>"), [])
    mark = mail.message_id.strip("<>").partition("@")[0]
    taken = sum(state in {State.ACCEPTED, State.REVIEW} for state in states)
    checked.cases += bool(mail.accepted)
    checked.find(bool(mail.accepted) and not states, f"{mail.message_id} was lost.")
    checked.find(State.STORED in states, f"{mail.message_id} was never read.")
    checked.find(bool(states) and taken != 1, f"{mail.message_id} was taken {taken} times.")
    checked.find(marks[mark] > 1, f"{mail.message_id} is {marks[mark]} messages.")
    accepted = states.count(State.ACCEPTED)
    checked.find(
        accepted == 1 and marks[mark] == 0, f"{mail.message_id} was accepted and is no message."
    )
    checked.find(
        mail.refused and not mail.accepted and bool(states),
        f"{mail.message_id} was refused and is stored.",
    )


def _tell(checked: Checked, evidence: Evidence, stored: dict[str, list[str]]) -> None:
    mails = evidence.journal.mails
    acknowledged = sum(mail.accepted for mail in mails)
    copies = sum(states.count(State.DUPLICATE) for states in stored.values())
    checked.notes.append(
        f"{len(mails)} mails in {sum(mail.tries for mail in mails)} tries, 250 was said "
        f"{acknowledged} times; {copies} second copies were recognised."
    )


def _mark(body: str) -> str:
    return body.partition("mark:")[2].partition(":")[0]
