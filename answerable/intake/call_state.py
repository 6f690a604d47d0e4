"""How a call that a customer asked for stands, in the words of ux.md 5.8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Contact
from answerable.channels.voice.models import Call
from answerable.intake.call_end_words import ended_words
from answerable.lib import times
from answerable.lib.phones import shown_phone
from answerable.sla.models import Clock
from answerable.tickets.models import Callback

CHANGE, CANCEL, NOW = "change", "cancel", "now"


@dataclass(frozen=True, slots=True)
class CallState:
    """A call in words, and what its customer may do: change the number, cancel, be called now.

    `due_at` is by when we call, None where no time was named. `code` is read out when somebody
    asks who they are; "" where nothing must be shown any more. `going` is the call that rings
    or in which they talk.
    """

    callback: Callback
    sentences: tuple[str, ...]
    acts: tuple[str, ...]
    due_at: datetime | None = None
    code: str = ""
    going: Call | None = None

    @property
    def spoken_code(self) -> str:
        """The code as it is read out: in two groups."""
        return f"{self.code[:3]} {self.code[3:]}" if self.code else ""


def call_of(contact: Contact) -> Callback | None:
    """Return the call that a contact waits for, else the last one that ended; or None."""
    calls = Callback.objects.filter(contact=contact).select_related("ticket", "contact")
    return calls.waiting().first() or calls.order_by("-pk").first()


def call_state(callback: Callback, *, number: str, at: datetime, zone: tzinfo) -> CallState:
    """Return how a call stands; `number` is where the call comes from, "" where nobody said."""
    if callback.ended_at:
        return CallState(callback, ended_words(callback, at, zone), ())
    going = Call.objects.going_on().filter(callback=callback).select_related("agent").first()
    if going:
        return _going(callback, going)
    if callback.again_at and callback.last_attempt_at:
        words = _("We called at {time} and did not reach you. We try again at {again}.").format(
            time=times.moment(callback.last_attempt_at, at, zone),
            again=times.moment(callback.again_at, at, zone),
        )
        return CallState(callback, (words,), (NOW, CHANGE, CANCEL), code=callback.code)
    due_at = _due(callback)
    if due_at and due_at <= at:
        late = _late(callback, times.moment(due_at, at, zone), at)
        return CallState(callback, late, (CHANGE, CANCEL), due_at, callback.code)
    promised = _promised(callback, due_at, at, zone)
    comes = _("The call comes from {number}.").format(number=number) if number else ""
    sentences = tuple(words for words in (promised, comes) if words)
    return CallState(callback, sentences, (CHANGE, CANCEL), due_at, callback.code)


def _going(callback: Callback, going: Call) -> CallState:
    """Return what is said while it rings, and while they talk."""
    name = going.agent.name if going.agent else _("A specialist")
    if going.state == Call.State.RINGING:
        words = _("{name} is calling you now.")
    elif going.state == Call.State.HELD:
        words = _("{name} will be back in a moment.")
    elif going.state == Call.State.LOST:
        words = _("The line was lost. {name} tries to come back.")
    else:
        words = _("You are on a call with {name}.")
    acts = (CANCEL,) if going.state == Call.State.RINGING else ()
    said = (words.format(name=name),)
    return CallState(callback, said, acts, code=callback.code, going=going)


def _late(callback: Callback, time: str, at: datetime) -> tuple[str, ...]:
    """Return that we are late, and how many people were there before: none is “next”."""
    late = _("Our call is late. It was due by {time}.").format(time=time)
    before = Callback.objects.due_by(at).filter(asked_at__lt=callback.asked_at).count()
    if not before:
        return (late + " " + _("You are next."),)
    words = ngettext(
        "{count} person is ahead of you.", "{count} people are ahead of you.", before
    )
    return (late + " " + words.format(count=before),)


def _promised(callback: Callback, due_at: datetime | None, at: datetime, zone: tzinfo) -> str:
    phone = shown_phone(callback.phone)
    if callback.asked_at is None and callback.wanted_at:
        time = times.moment(callback.wanted_at, at, zone)
        return _("We call {phone} at {time}.").format(phone=phone, time=time)
    if due_at:
        time = times.moment(due_at, at, zone)
        return _("We call {phone} by {time}.").format(phone=phone, time=time)
    return _("We call {phone} when a specialist is free.").format(phone=phone)


def _due(callback: Callback) -> datetime | None:
    """Return by when the call is promised or aimed for, None where nothing runs."""
    clocks = Clock.objects.of_ticket(callback.ticket_id).awaited()
    running = clocks.filter(metric=Clock.Metric.CALLBACK_START).order_by("-pk")
    return running.values_list("due_at", flat=True).first()
