"""Every reply was sent, and to a server that accepted it, once; twice only after a death."""

from __future__ import annotations

from collections import Counter

from answerable.channels.email.models import OutgoingMail
from answerable.tickets.models import Message
from faults.checks.evidence import Checked, Evidence

State = OutgoingMail.State


def check(evidence: Evidence) -> Checked:
    """Compare what agents wrote with what the outgoing server accepted."""
    checked = Checked("Each reply was sent under one Message-ID, and none was left out")
    _compare_with_messages(checked, evidence)
    _compare_with_server(checked, evidence)
    return checked


def _compare_with_messages(checked: Checked, evidence: Evidence) -> None:
    replies = Message.objects.filter(kind=Message.Kind.REPLY, body__contains="reply:")
    bodies = replies.values_list("body", flat=True)
    marks = Counter(body.partition("reply:")[2].partition(":")[0] for body in bodies)
    for reply in evidence.journal.replies:
        written = marks[reply.mark]
        checked.find(written > 1, f"The reply {reply.mark} is {written} messages.")
        checked.find(reply.accepted and not written, f"The reply {reply.mark} was lost.")
    tries = sum(reply.tries for reply in evidence.journal.replies)
    checked.notes.append(f"{len(evidence.journal.replies)} replies, sent {tries} times.")


def _compare_with_server(checked: Checked, evidence: Evidence) -> None:
    at_server = Counter(mail.message_id.strip("<>") for mail in evidence.accepted)
    sent = {
        mail.mail_id.strip("<>"): mail
        for mail in OutgoingMail.objects.filter(created_at__gte=evidence.began)
    }
    for message_id, mail in sent.items():
        times = at_server[message_id]
        checked.cases += 1
        checked.find(mail.state != State.ACCEPTED, f"Mail {mail.pk} is {mail.state}.")
        checked.find(mail.settled_at is None, f"Mail {mail.pk}: its ticket was not told.")
        checked.find(times == 0, f"Mail {mail.pk} never reached the server.")
        checked.find(
            times > 1 + mail.uncertain,
            f"Mail {mail.pk} was accepted {times} times, and its senders died "
            f"{mail.uncertain} times.",
        )
    strange = set(at_server) - set(sent)
    checked.find(bool(strange), f"The server has {len(strange)} mails that we do not know.")
    _find_unsent(checked, evidence)
    _tell(checked, at_server, sent)


def _tell(checked: Checked, at_server: Counter[str], sent: dict[str, OutgoingMail]) -> None:
    """Say how many copies there were, and how many of them after the sender's own death."""
    again = {message_id: times - 1 for message_id, times in at_server.items() if times > 1}
    after_death = sum(
        min(times, sent[message_id].uncertain)
        for message_id, times in again.items()
        if message_id in sent
    )
    uncertain = sum(mail.uncertain for mail in sent.values())
    checked.notes.append(
        f"The server accepted {len(at_server)} mails; {sum(again.values())} of them once more, "
        f"with the same Message-ID: {after_death} after the worker that handed it over was "
        f"killed. Killed workers had {uncertain} mails in hand."
    )


def _find_unsent(checked: Checked, evidence: Evidence) -> None:
    sent = OutgoingMail.objects.exclude(message=None).values("message")
    public = Message.objects.filter(kind__in=[Message.Kind.REPLY, Message.Kind.NOTICE])
    recent = public.filter(written_at__gte=evidence.began)
    unsent = recent.exclude(pk__in=sent).count()
    untold = recent.filter(delivered_at=None).count()
    checked.find(bool(unsent), f"{unsent} replies were never queued.")
    checked.find(bool(untold), f"{untold} replies are not marked as delivered.")
