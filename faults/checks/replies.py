"""Every reply was sent, and to a server that accepted it, once; twice only after a death.

The server may have kept a mail that it could not acknowledge, since it was killed before; we
then send it again, as everybody does. So it counts how often it kept one, and how often it said
so: the difference, and our own deaths, are the copies that nobody can prevent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from answerable.channels.email.models import OutgoingMail
from answerable.tickets.models import Message
from faults.checks.evidence import Checked, Evidence

State = OutgoingMail.State
NEVER = float("inf")


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
    at_server = Counter(mail.message_id for mail in evidence.record.kept)
    said = evidence.record.said
    sent = {
        mail.mail_id.strip("<>"): mail
        for mail in OutgoingMail.objects.filter(created_at__gte=evidence.began).select_related(
            "message"
        )
    }
    for message_id, mail in sent.items():
        times, heard = at_server[message_id], said[message_id]
        checked.cases += 1
        checked.find(mail.state != State.ACCEPTED, f"Mail {mail.pk} is {mail.state}.")
        checked.find(mail.settled_at is None, f"Mail {mail.pk}: its ticket was not told.")
        checked.find(times == 0, f"Mail {mail.pk} never reached the server.")
        checked.find(
            heard > 1 + mail.uncertain,
            f"Mail {mail.pk} was accepted {times} times; its senders died {mail.uncertain} "
            f"times, and the server {times - heard} times.",
        )
    strange = set(at_server) - set(sent)
    checked.find(bool(strange), f"The server has {len(strange)} mails that we do not know.")
    _find_too_early(checked, evidence, sent)
    _find_unsent(checked, evidence)
    _tell(checked, evidence, sent)


def _find_too_early(
    checked: Checked, evidence: Evidence, sent: Mapping[str, OutgoingMail]
) -> None:
    """Find what counts as delivered before a server had it: no promise is met by that."""
    first: dict[str, float] = {}
    for kept in evidence.record.kept:
        first.setdefault(kept.message_id, kept.at)
    for message_id, mail in sent.items():
        at = mail.accepted_at.timestamp() if mail.accepted_at else NEVER
        checked.find(
            first.get(message_id, NEVER) > at, f"Mail {mail.pk} was accepted by nobody."
        )
        told = mail.message.delivered_at if mail.message else mail.accepted_at
        checked.find(
            told != mail.accepted_at, f"Mail {mail.pk}: its message says another instant."
        )


def _tell(checked: Checked, evidence: Evidence, sent: Mapping[str, OutgoingMail]) -> None:
    """Say how many copies there were, and after whose death."""
    kept = Counter(mail.message_id for mail in evidence.record.kept)
    again = {message_id: times - 1 for message_id, times in kept.items() if times > 1}
    unheard = sum(
        min(times, kept[message_id] - evidence.record.said[message_id])
        for message_id, times in again.items()
    )
    uncertain = sum(mail.uncertain for mail in sent.values())
    replies = sum(mail.kind == OutgoingMail.Kind.REPLY for mail in sent.values())
    checked.notes.append(
        f"The server accepted {len(kept)} mails, {replies} of them replies and their copies; "
        f"{sum(again.values())} were accepted once more, with the same Message-ID: {unheard} "
        "after the server was killed between keeping it and saying so, the others after the "
        f"worker that handed it over was killed. Killed workers had {uncertain} mails in hand."
    )


def _find_unsent(checked: Checked, evidence: Evidence) -> None:
    sent = OutgoingMail.objects.exclude(message=None).values("message")
    public = Message.objects.filter(kind__in=[Message.Kind.REPLY, Message.Kind.NOTICE])
    recent = public.filter(written_at__gte=evidence.began)
    unsent = recent.exclude(pk__in=sent).count()
    untold = recent.filter(delivered_at=None).count()
    twice = sent.annotate(mails=Count("pk")).filter(mails__gt=1).count()
    checked.find(bool(unsent), f"{unsent} replies were never queued.")
    checked.find(bool(twice), f"{twice} replies were queued more than once.")
    checked.find(bool(untold), f"{untold} replies are not marked as delivered.")
