"""Takes back what a bounce says did not arrive."""

from __future__ import annotations

from datetime import datetime

from django.db.models.functions import Lower

from answerable.channels.email import ours
from answerable.channels.email.core.bounce import Bounced
from answerable.channels.email.core.failure import Failure
from answerable.channels.email.core.thread import reply_in
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import MOST_TICKETS
from answerable.tickets import actions as tickets
from answerable.tickets.models import Message, TicketEvent


def take_back(failure: Failure, *, at: datetime) -> str:
    """Record on its ticket that a mail of ours did not arrive; return in words what was done.

    The original is found by its Message-ID, of which only its receiver knows the random part,
    or by the signed address for replies that comes back with it, and its recipient. A notice
    of delay takes nothing back, nor does one that names only others.
    """
    sent = _original(failure)
    if sent is None:
        return "No mail of ours is named in it."
    bounced = failure.of(sent.to)
    if bounced is None:
        return "It names other recipients than that of our mail."
    if not bounced.final:
        return _note_delay(sent, bounced, at)
    if sent.message is None:
        return _without_message(sent, bounced)
    if _is_known(sent.message, TicketEvent.Verb.UNDELIVERED):
        return f"That our mail on #{sent.ticket_id} did not arrive was known."
    tickets.mark_undelivered(sent.message, why=bounced.why, to=sent.to, at=at)
    return f"Our mail on #{sent.ticket_id} did not arrive. {_says(bounced)}"


def _without_message(sent: OutgoingMail, bounced: Bounced) -> str:
    """Note in its side conversation that a mail did not arrive; of others nobody is told."""
    if sent.side is None:
        return f"It is about an automatic mail of ours. {_says(bounced)}"
    tickets.note_side_undelivered(sent.side, to=sent.to, why=bounced.why)
    beside = sent.side.thread.ticket_id
    return f"Our mail beside #{beside} did not arrive. {_says(bounced)}"


def _note_delay(sent: OutgoingMail, bounced: Bounced, at: datetime) -> str:
    """Note on its ticket, once, that a mail may still arrive; it takes nothing back."""
    if sent.message and not _is_known(sent.message, TicketEvent.Verb.DELAYED):
        tickets.mark_delayed(sent.message, why=bounced.why, at=at)
    return f"It says that a mail of ours is delayed. {_says(bounced)}"


def _is_known(message: Message, verb: str) -> bool:
    return TicketEvent.objects.filter(message=message, verb=verb).exists()


def _says(bounced: Bounced) -> str:
    return f"Reason: {bounced.reason}, {bounced.status}."


def _original(failure: Failure) -> OutgoingMail | None:
    named = OutgoingMail.objects.filter(mail_id__in=failure.message_ids)
    if sent := named.select_related("message__ticket").order_by("-pk").first():
        return sent
    reply = reply_in(failure.addresses, ours.mailbox(), ours.token_keys())
    to = {
        address.lower() for one in failure.bounced for address in (one.recipient, one.original)
    }
    if reply is None or reply.ticket >= MOST_TICKETS:
        return None
    sent_to = OutgoingMail.objects.annotate(address=Lower("to")).filter(address__in=to)
    mails = sent_to.filter(ticket=reply.ticket).exclude(kind=OutgoingMail.Kind.NOTIFICATION)
    return mails.select_related("message__ticket").order_by("-pk").first()
