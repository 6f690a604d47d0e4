"""What notices say: in the list, on cards, in messages, on the telephone (ux.md 8.12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.lib import times
from answerable.notices.core.levels import Kind, Level, Way
from answerable.notices.models import Notice
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket

KINDS: Mapping[Kind, Promise] = {
    Kind.MENTION: gettext_lazy("Somebody mentions me"),
    Kind.FOLLOWED: gettext_lazy("A ticket that I follow"),
    Kind.CHANGED: gettext_lazy("A colleague changed my ticket"),
    Kind.MESSAGE: gettext_lazy("A new message on my ticket"),
    Kind.ASSIGNED: gettext_lazy("A ticket was assigned to me"),
    Kind.REVIEW: gettext_lazy("A reply or call that waits for me"),
    Kind.DUTY: gettext_lazy("Something to decide"),
    Kind.RETURNED: gettext_lazy("A reply that did not arrive"),
    Kind.LATE: gettext_lazy("A promise that was missed"),
    Kind.SOON: gettext_lazy("My ticket is due soon"),
    Kind.RISK: gettext_lazy("My ticket is at risk"),
    Kind.OFFER: gettext_lazy("A chat or call is offered to me"),
    Kind.HURRY: gettext_lazy("My promise has less than 5 minutes"),
    Kind.NEXT: gettext_lazy("A colleague does not answer, and I am next"),
    Kind.CRITICAL: gettext_lazy("Business-critical, and nobody has it"),
}
LEVELS: Mapping[Level, Promise] = {
    Level.QUIET: gettext_lazy("Quiet: a number and the list"),
    Level.VISIBLE: gettext_lazy("Visible: one line, no sound"),
    Level.AUDIBLE: gettext_lazy("Audible: a card and one sound"),
    Level.INSISTENT: gettext_lazy("Insistent: until somebody takes note"),
}
WAYS: Mapping[Way, Promise] = {
    Way.DESKTOP: gettext_lazy("Desktop notice, while the page is hidden"),
    Way.PUSH: gettext_lazy("Push message to my browsers"),
    Way.MAIL: gettext_lazy("Mail at once"),
    Way.DIGEST: gettext_lazy("Mail every 15 minutes at the most"),
    Way.PHONE: gettext_lazy("Telephone call"),
    Way.SMS: gettext_lazy("Text message"),
}
# What is said of a line of a ticket's log; {name} is who did it.
EVENTS: Mapping[str, Promise] = {
    Verb.NOTED: gettext_lazy("{name} wrote a note on #{number}"),
    Verb.ANSWERED: gettext_lazy("{name} replied on #{number}"),
    Verb.WROTE: gettext_lazy("New message from {name} on #{number}"),
    Verb.SIDE_ANSWERED: gettext_lazy("A third party answered beside #{number}"),
    Verb.ASSIGNED: gettext_lazy("{name} assigned #{number}"),
    Verb.TAKEN: gettext_lazy("{name} took #{number}"),
    Verb.RESOLVED: gettext_lazy("{name} resolved #{number}"),
    Verb.REOPENED: gettext_lazy("#{number} was opened again"),
    Verb.HELD: gettext_lazy("{name} put #{number} on hold"),
    Verb.HOLD_ENDED: gettext_lazy("The hold of #{number} ended"),
    Verb.SEVERITY_CHANGED: gettext_lazy("The severity of #{number} changed"),
    Verb.REPLY_PREPARED: gettext_lazy("{name} asks you to read a reply on #{number}"),
    Verb.REPLY_RETURNED: gettext_lazy("{name} sent your reply on #{number} back"),
    Verb.REPLY_OVERTAKEN: gettext_lazy("Your planned reply on #{number} was not sent"),
    Verb.REPLY_PARKED: gettext_lazy("Your mail on #{number} was kept as a draft"),
    Verb.CALL_UNNOTED: gettext_lazy("Your call on #{number} has no summary"),
    Verb.CLAIM_MADE: gettext_lazy("#{number} has become business-critical"),
    Verb.CLOCK_DOUBTED: gettext_lazy("The due time of #{number} cannot be worked out"),
    Verb.APPEALED: gettext_lazy("{name} asks for another look at an excused miss of #{number}"),
    Verb.ANOTHER_LOOK_ASKED: gettext_lazy("{name} asks for another look at #{number}"),
    Verb.OFFERED: gettext_lazy("Nobody is there who could take #{number}"),
    Verb.UNDELIVERED: gettext_lazy("Your reply on #{number} did not arrive"),
    Verb.CLOCK_MISSED: gettext_lazy("#{number} is late"),
    Verb.POST_MORTEM_ASKED: gettext_lazy("The post-mortem of #{number} is yours"),
    Verb.ESCALATED: gettext_lazy("#{number} is business-critical, and nobody has it"),
}
CHANGED = gettext_lazy("{name} changed #{number}")


def notice_words(notice: Notice, at: datetime, zone: tzinfo) -> str:
    """Return what a notice says just then, in the reader's language."""
    words = BY_KIND.get(Kind(notice.kind))
    return words(notice, at, zone) if words else _of_event(notice)


def critical_words(ticket: Ticket, due_at: datetime | None, at: datetime, zone: tzinfo) -> str:
    """Return whose ticket waits, what it is about, and when a reply is due."""
    account = ticket.customer.name if ticket.customer else ticket.sender_name
    words = _("Business-critical: {name}, ‘{subject}’.")  # noqa: RUF001
    first = words.format(name=account, subject=ticket.subject)
    return f"{first} {reply_by(due_at, at, zone)}".strip()


def reply_by(due_at: datetime | None, at: datetime, zone: tzinfo) -> str:
    """Return “Reply by 14:40, 29 min left.”, nothing where no time is known."""
    if due_at is None:
        return ""
    return _("Reply by {time}, {left}.").format(
        time=times.moment(due_at, at, zone), left=left_words(due_at, at)
    )


def left_words(due_at: datetime, at: datetime) -> str:
    """Return “29 min left”, or “4 min late”."""
    seconds = times.seconds_left(due_at, at)
    if seconds < 0:
        return times.lateness(due_at, at)
    return _("{time} left").format(time=times.span(seconds))


def first_name(name: str) -> str:
    """Return what colleagues call somebody."""
    return name.split(maxsplit=1)[0] if name.strip() else name


def _risk(notice: Notice, at: datetime, zone: tzinfo) -> str:
    words = _("#{number} is at risk: {left}, replies like this take about {minutes}.")
    left = left_words(notice.due_at, at) if notice.due_at else ""
    return words.format(number=notice.ticket_id, left=left, minutes=notice.takes or 1)


def _hurry(notice: Notice, at: datetime, zone: tzinfo) -> str:
    number = f"#{notice.ticket_id} ‘{notice.ticket.subject}’."  # noqa: RUF001
    return f"{number} {reply_by(notice.due_at, at, zone)}".strip()


def _next(notice: Notice, at: datetime, zone: tzinfo) -> str:
    words = _("{name} has not answered #{number}. {left}. You are next.")
    left = left_words(notice.due_at, at) if notice.due_at else ""
    name = first_name(notice.holder.name) if notice.holder else ""
    return words.format(name=name, number=notice.ticket_id, left=left)


def _soon(notice: Notice, at: datetime, zone: tzinfo) -> str:
    left = left_words(notice.due_at, at) if notice.due_at else ""
    return _("#{number} is due soon: {left}").format(number=notice.ticket_id, left=left)


def _critical(notice: Notice, at: datetime, zone: tzinfo) -> str:
    return critical_words(notice.ticket, notice.due_at, at, zone)


def _offer(notice: Notice, at: datetime, zone: tzinfo) -> str:
    name = notice.ticket.sender_name
    kinds = {
        "chat": _("Chat: {name}. ‘{subject}’"),  # noqa: RUF001
        "callback": _("Call {name}: ‘{subject}’"),  # noqa: RUF001
        "critical": _("Business-critical: {name}, ‘{subject}’."),  # noqa: RUF001
        "handed": _("A call with {name} is handed on to you"),
        "call": _("{name} calls our number."),
    }
    words = kinds[notice.offer.kind] if notice.offer else kinds["chat"]
    return words.format(name=name, subject=notice.ticket.subject)


def _mention(notice: Notice, at: datetime, zone: tzinfo) -> str:
    words = _("{name} mentioned you on #{number}")
    return words.format(name=_by(notice), number=notice.ticket_id)


def _assigned(notice: Notice, at: datetime, zone: tzinfo) -> str:
    words = _("{name} assigned #{number} to you")
    return words.format(name=_by(notice), number=notice.ticket_id)


def _late(notice: Notice, at: datetime, zone: tzinfo) -> str:
    words = _("#{number} is late: it was due at {time}")
    time = times.moment(notice.due_at, at, zone) if notice.due_at else ""
    return words.format(number=notice.ticket_id, time=time)


def _of_event(notice: Notice) -> str:
    verb = notice.event.verb if notice.event else ""
    return str(EVENTS.get(verb, CHANGED)).format(name=_by(notice), number=notice.ticket_id)


def _by(notice: Notice) -> str:
    event = notice.event
    if event is None:
        return ""
    if event.agent:
        return first_name(event.agent.name)
    return event.contact.name if event.contact else notice.ticket.sender_name


BY_KIND: Mapping[Kind, Callable[[Notice, datetime, tzinfo], str]] = {
    Kind.RISK: _risk,
    Kind.HURRY: _hurry,
    Kind.NEXT: _next,
    Kind.SOON: _soon,
    Kind.CRITICAL: _critical,
    Kind.OFFER: _offer,
    Kind.MENTION: _mention,
    Kind.ASSIGNED: _assigned,
    Kind.LATE: _late,
}
