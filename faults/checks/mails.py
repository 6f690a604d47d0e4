"""Every mail of a person became one message: on the ticket it answers, or on a new one."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from answerable.channels.email.models import InboundMail
from answerable.tickets.models import Message
from faults.checks.evidence import Checked, Evidence
from faults.journal import Fate


def check(evidence: Evidence) -> Checked:
    """Compare what people and machines wrote with the messages that there are."""
    checked = Checked("Each mail of a person is one message, and no other mail is one")
    written = Message.objects.filter(kind=Message.Kind.MESSAGE, body__contains="mark:")
    found = list(written.annotate(files=Count("attachments")).values_list("body", "files"))
    marks = Counter(_mark(body) for body, _ in found)
    files = Counter({_mark(body): count for body, count in found})
    for mail in evidence.journal.mails:
        wanted = int(mail.fate == Fate.REQUEST and mail.accepted.total() > 0)
        checked.cases += wanted
        checked.find(marks[mail.mark] < wanted, f"{mail.mark} is no message.")
        checked.find(marks[mail.mark] > 1, f"{mail.mark} is {marks[mail.mark]} messages.")
        is_one = mail.fate != Fate.REQUEST and marks[mail.mark] > 0
        checked.find(is_one, f"{mail.mark}, {mail.fate}, is a message.")
        is_bare = bool(wanted) and files[mail.mark] != mail.files
        checked.find(is_bare, f"{mail.mark} has {files[mail.mark]} files of {mail.files}.")
    _tell(checked, evidence)
    return checked


def _tell(checked: Checked, evidence: Evidence) -> None:
    fates = Counter(mail.fate for mail in evidence.journal.mails)
    said = ", ".join(f"{count} times {fate}" for fate, count in fates.most_common())
    answers = sum(bool(mail.ticket) for mail in evidence.journal.mails)
    unverified = Message.objects.filter(body__contains="mark:", verified=False).count()
    tickets = InboundMail.objects.exclude(ticket=None).values("ticket").distinct().count()
    checked.notes.append(f"{said}. {answers} answered by a signed token.")
    checked.notes.append(f"{tickets} tickets have mail; {unverified} messages are unverified.")


def _mark(body: str) -> str:
    return body.partition("mark:")[2].partition(":")[0]
