"""The calls about a ticket as its page shows them: waited for, going on, to be noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call, Recording, Transfer
from answerable.channels.voice.queries import call_on, unnoted_on, wraps_up
from answerable.channels.voice.told_transfers import first, rings_words
from answerable.channels.voice.twilio.words import number_failed
from answerable.channels.voice.ways import Act, Shown, Way, troubles, way_of, ways_ready
from answerable.desk.call_forms import OutcomeForm
from answerable.desk.queries.clocks import ClockView
from answerable.entitlements.core.plan import Metric
from answerable.lib.phones import shown_phone
from answerable.tickets.models import Callback, Draft, Ticket


@dataclass(frozen=True, slots=True)
class FailedNumber:
    """A number that could not be called, why, and what may be done instead: another number,
    the chat in which the customer is."""

    phone: str
    why: str
    office: str = ""
    chat: Chat | None = None

    @property
    def words(self) -> str:
        """What is wrong: “+49 171 5550123 cannot be reached (unallocated).”"""
        words = _("{phone} cannot be reached ({why}).")
        return words.format(phone=shown_phone(self.phone), why=self.why)


@dataclass(frozen=True, slots=True)
class CallbackView:
    """Whom to call, where, and by when; how often that was tried, and by which ways."""

    callback: Callback
    clock: ClockView | None
    ways: Sequence[Way]
    troubles: Sequence[str]
    at: datetime
    failed: FailedNumber | None = None

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return shown_phone(self.callback.phone)

    @property
    def due_at(self) -> datetime | None:
        """By when a call is promised or aimed for."""
        return self.clock.due_at if self.clock else None

    @property
    def is_late(self) -> bool:
        """Whether that has passed: the customer was told so."""
        return self.clock is not None and self.clock.due_at <= self.at

    @property
    def when(self) -> str:
        """What is waited for: "again", "later", "due" or "now"."""
        if self.callback.again_at:
            return "again"
        if self.callback.asked_at is None:
            return "later"
        return "due" if self.clock else "now"


@dataclass(frozen=True, slots=True)
class GoingView:
    """A call that goes on: whose it is, what its way shows, and how its outcome is said."""

    call: Call
    is_mine: bool
    shown: Shown
    form: OutcomeForm
    transfer: Transfer | None = None  # how it is handed on, or was last
    last_recording: Recording | None = None

    @property
    def onward(self) -> str:
        """Where it rings, or who comes, while the call is handed on."""
        going = self.transfer if self.transfer and not self.transfer.ended_at else None
        return rings_words(going) if going else ""

    @property
    def in_vain(self) -> str:
        """That nobody came, at whom it rang last."""
        transfer = self.transfer
        if transfer is None or transfer.outcome != Transfer.Outcome.NOT_TAKEN:
            return ""
        to = transfer.taken_by or transfer.to
        if to is None:
            return _("Nobody took the call over. You still have it.")
        return _("{name} did not take the call over. You still have it.").format(name=first(to))

    @property
    def can_hand_on(self) -> bool:
        """Whether the call can be handed on now, and its bar has no button for that."""
        talks = self.call.state in {Call.State.CONNECTED, Call.State.HELD}
        in_panel = Act.HAND_ON in self.shown.acts and not self.shown.has_bar
        return in_panel and talks and not self.onward

    @property
    def recording(self) -> Recording | None:
        """What is recorded now, of a call whose bar does not say so itself."""
        last = None if self.shown.has_bar else self.last_recording
        return last if last and last.ended_at is None else None

    @property
    def not_recorded(self) -> bool:
        """Whether they agreed, and the provider did not record."""
        last = None if self.shown.has_bar else self.last_recording
        return last is not None and last.ended_at is not None and last.begun_at is None

    @property
    def can_record(self) -> bool:
        """Whether the customer can be asked for a recording now."""
        talks = self.call.state == Call.State.CONNECTED
        return Act.RECORD in self.shown.acts and talks and self.recording is None

    @property
    def number(self) -> str:
        """The number as people read it."""
        return shown_phone(self.call.phone)

    @property
    def can_hold(self) -> bool:
        """Whether the customer can be let wait on the line now."""
        return "hold" in self.shown.acts and self.call.state == Call.State.CONNECTED

    @property
    def can_mute(self) -> bool:
        """Whether the provider can take the agent's voice off the line now."""
        talks = self.call.state == Call.State.CONNECTED
        return Act.MUTE in self.shown.acts and not self.shown.has_bar and talks

    @property
    def can_press(self) -> bool:
        """Whether keys can be sent now."""
        return "keypad" in self.shown.acts and self.call.state == Call.State.CONNECTED

    @property
    def asks_who(self) -> bool:
        """Whether nothing shows yet that it is the contact."""
        return self.call.contact_id is not None and not self.call.is_identified


@dataclass(frozen=True, slots=True)
class CallPart:
    """All that stands on a ticket's page about calls; nothing on most."""

    waiting: CallbackView | None = None
    going: GoingView | None = None
    unnoted: Sequence[Call] = field(default_factory=list)
    mine: Call | None = None  # The one of these that this agent has to write down.
    draft: str = ""
    wraps_until: datetime | None = None


def calls_on(ticket: Ticket, agent: Agent, clocks: list[ClockView], at: datetime) -> CallPart:
    """Return what a ticket's page shows of calls; ticket_for asked whether there are any."""
    if not getattr(ticket, "has_callback", True) and not getattr(ticket, "has_calls", True):
        return CallPart()
    call = call_on(ticket)
    unnoted = unnoted_on(ticket)
    return CallPart(
        waiting=None if call else _waiting(ticket, clocks, at),
        going=_going(call, agent) if call else None,
        unnoted=unnoted,
        mine=next((one for one in unnoted if one.agent_id == agent.pk), None),
        draft=_draft(ticket, agent),
        wraps_until=wraps_up(agent, at),
    )


def _waiting(ticket: Ticket, clocks: list[ClockView], at: datetime) -> CallbackView | None:
    waiting = Callback.objects.waiting().filter(ticket=ticket).select_related("contact")
    callback = waiting.order_by("pk").first()
    if callback is None:
        return None
    running = [
        view
        for view in clocks
        if view.clock.metric == Metric.CALLBACK_START and view.clock.answered_at is None
    ]
    clock = running[0] if running else None
    failed = failed_number(callback)
    ways = ways_ready(callback, at=at)
    return CallbackView(callback, clock, ways, troubles(at=at), at, failed)


def failed_number(callback: Callback) -> FailedNumber | None:
    """Return the number at which the last call about this failed, None where none did."""
    last = Call.objects.filter(callback=callback).order_by("-pk").first()
    why = number_failed(last.why) if last and last.outcome == Call.Outcome.FAILED else ""
    if last is None or not why:
        return None
    office = callback.contact.office_phone
    chats = Chat.objects.open().filter(contact=callback.contact)
    return FailedNumber(
        last.phone, why, office if office != last.phone else "", chats.order_by("-pk").first()
    )


def _going(call: Call, agent: Agent) -> GoingView:
    form = OutcomeForm(call=call, initial={"result": Call.Outcome.CONNECTED})
    transfers = call.transfers.select_related("by", "to", "taken_by").order_by("-pk")
    shown, is_mine = way_of(call).shown(call), call.agent_id == agent.pk
    last = call.recordings.order_by("-pk").first()
    return GoingView(call, is_mine, shown, form, transfers.first(), last)


def _draft(ticket: Ticket, agent: Agent) -> str:
    mine = Draft.objects.filter(ticket=ticket, agent=agent, mode=Draft.Mode.CALL)
    return mine.values_list("body", flat=True).first() or ""
