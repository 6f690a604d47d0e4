"""Side conversations by mail: what agents write goes out, and what comes back stays beside.

Whoever answers reaches the side conversation and nothing else, whoever they are: a customer's
ticket and its clocks know nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.channels.email import ours, side_words
from answerable.channels.email.actions.attaching import parts_of
from answerable.channels.email.actions.proving import proof_of
from answerable.channels.email.actions.queueing import letter_beside, queue
from answerable.channels.email.actions.settling import settle
from answerable.channels.email.checking import demand
from answerable.channels.email.core.whose import Doubt, doubt_of
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.queries import Arrived
from answerable.channels.email.said import said_in
from answerable.channels.email.sides import SideReached, has_too_many
from answerable.channels.email.texts import current
from answerable.tickets import actions as tickets
from answerable.tickets.events import Verb
from answerable.tickets.models import SideMessage, TicketEvent

State = InboundMail.State
WROTE = {Verb.SIDE_OPENED, Verb.SIDE_WROTE}
TOO_MANY = "More than sixty mails came to a side conversation within an hour."


def queue_sides(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Queue what agents wrote to third parties, a mail to each with an address of its own."""
    wrote = [event.data["message"] for event in events if event.verb in WROTE]
    if wrote:
        found = SideMessage.objects.filter(pk__in=wrote).select_related("thread", "agent")
        queue([mail for message in found for mail in _mails(message, at)])


def _mails(message: SideMessage, at: datetime) -> list[OutgoingMail]:
    letter = side_words.letter(message, current())
    mails = []
    for person in message.thread.people.order_by("pk"):
        mail = letter_beside(message, person, letter, at)
        mail.headers = {"Reply-To": ours.side_reply_address(message.thread_id, person.pk)}
        mails.append(mail)
    return mails


def answer_side(each: Arrived, reached: SideReached, *, at: datetime) -> None:
    """Add a mail to the side conversation that it answers, unverified where it is not sure."""
    if has_too_many(reached.thread, each.mail.received_at):
        settle(each.mail, State.REVIEW, TOO_MANY)
        return
    doubt = _doubt(each, reached)
    said = said_in(each.reading)
    answer = tickets.SideAnswer(
        sender=_sender(each, reached, doubt),
        body=said.body,
        folded=said.folded,
        doubt=doubt.value,
        mail_id=each.says.message_id,
    )
    message = tickets.answer_side(reached.thread, answer, at=each.mail.received_at)
    tickets.attach_side_parts(message, parts_of(each.says), at=at)
    words = f"Added to a side conversation of #{reached.thread.ticket_id}"
    settle(each.mail, State.ACCEPTED, words + (", unverified." if doubt else "."))


def _doubt(each: Arrived, reached: SideReached) -> Doubt:
    """Return why it is not sure that somebody who takes part wrote; nothing when it is."""
    doubt = doubt_of(proof_of(each.mail, each.address), demand())
    return doubt or (Doubt.NONE if reached.knows(each.address) else Doubt.STRANGER)


def _sender(each: Arrived, reached: SideReached, doubt: Doubt) -> str:
    name = each.says.sender_name or reached.people.get(each.address, "")
    if doubt or not name:
        return f"{name} <{each.address}>" if name else each.address
    return name
