"""Each mailbox was read to its end, and each of its mails once."""

from __future__ import annotations

from answerable.channels.email.models import InboundMail, Mailbox
from faults.boxes import HELP, Seen
from faults.checks.evidence import Checked, Evidence


def check(evidence: Evidence) -> Checked:
    """Compare our marks with what the IMAP server says of its mailboxes."""
    checked = Checked("Each mailbox was read to its end, and each UID once")
    for box in evidence.boxes:
        _compare(checked, box, Mailbox.objects.get(address=box.address))
    if not evidence.boxes:
        checked.notes.append("There was no IMAP server.")
    return checked


def _compare(checked: Checked, box: Seen, ours: Mailbox) -> None:
    read = InboundMail.objects.filter(door=InboundMail.Door.IMAP, mailbox=box.address).count()
    last = box.next_uid - 1
    checked.cases += last
    checked.find(
        ours.validity != box.validity,
        f"{box.address}: UIDVALIDITY is {box.validity}, ours {ours.validity}.",
    )
    checked.find(
        ours.last_uid != last, f"{box.address}: read to {ours.last_uid}, the last is {last}."
    )
    checked.find(read != last, f"{box.address}: {read} rows of {last} UIDs.")
    checked.find(bool(ours.problem), f"{box.address}: {ours.problem} {ours.problem_says}")
    if box.address == HELP:
        checked.find(bool(box.left), f"{box.address}: {box.left} mails were not moved away.")
    lying, again = box.marks.total(), box.marks.total() - len(box.marks)
    checked.notes.append(
        f"{box.address}: {last} UIDs, {read} rows; {lying} files, {again} of them again."
    )
