"""What the two boxes of a ticket need: recipients, what waits, times, and the language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.email.signed_by import signed_by
from answerable.channels.email.texts import current
from answerable.channels.email.words import language_of as in_language_of
from answerable.desk.macro_words import acts_in_words, language_name
from answerable.desk.mentions import mentionable
from answerable.desk.queries.account import next_begin
from answerable.desk.queries.macros import delay_on
from answerable.desk.queries.ticket import TicketPage
from answerable.desk.recipients import Audience, Recipients, audience, usual
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.lib.markdown import as_html
from answerable.macros.core.staged import Act, acts_of, macros_of
from answerable.sla.grace import next_due
from answerable.tickets.core.languages import language_of
from answerable.tickets.models import Draft, Message, PreparedReply, Ticket

# So long before a promise is due a planned reply leaves, if its writer names no other time.
BEFORE_DUE = timedelta(minutes=10)
MORNING, AFTERNOON = 9, 14
# So many of the newest messages say in which language somebody writes.
NEWEST = 3


@dataclass(frozen=True, slots=True)
class Preset:
    """A time at which a reply may be sent, and whether the promise is late by then."""

    value: str
    words: str
    is_late: bool
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """A reply that waits, and what it means for the promise."""

    reply: PreparedReply
    when: str
    is_late: bool
    is_mine: bool
    is_asked: bool

    @property
    def body(self) -> SafeString:
        """What it says, as its customer would see it."""
        return as_html(self.reply.body)


@dataclass(frozen=True, slots=True)
class Composer:
    """The boxes beside the ticket itself. `is_offered` says that the reply's words were put
    there for its writer, who has not kept them as a draft."""

    body: str
    is_offered: bool
    audience: Audience
    staged: Sequence[tuple[str, str]]
    macros: Sequence[int]
    presets: Sequence[Preset]
    due: str
    waits: Sequence[Waits]
    colleagues: Sequence[Agent]
    mentions: Sequence[dict[str, str]]
    signature: Sequence[str]
    language: str
    language_name: str
    translates: bool


def staged_words(acts: Sequence[Act]) -> list[tuple[str, str]]:
    """Return what is done once a reply is sent: as its form sends it, and in words."""
    words = acts_in_words(acts)
    return [(json.dumps(act.as_data()), said) for act, said in zip(acts, words, strict=True)]


def composer_of(
    page: TicketPage, at: datetime, zone: tzinfo, *, tells_delay: bool = False
) -> Composer:
    """Return what the boxes show, with what was chosen in a draft. Six queries.

    `tells_delay` puts words for a reply that takes longer where no draft is: five more.
    """
    ticket, agent = page.ticket, page.agent
    draft = page.drafts.get(Draft.Mode.REPLY)
    everybody = list(Agent.objects.active().order_by("name"))
    offered = delay_on(ticket, agent, at) if tells_delay and not draft else None
    data = draft.data if draft else offered.data if offered else {}
    acts = acts_of(data.get("acts"))
    due_at, language = next_due(ticket), written_language(page)
    return Composer(
        body=draft.body if draft else offered.body if offered else "",
        is_offered=offered is not None,
        audience=audience(ticket, _chosen(ticket, data)),
        staged=staged_words(acts),
        macros=macros_of(data.get("macros")),
        presets=presets(due_at, at, zone, ticket.requester),
        due=times.moment(due_at, at, zone) if due_at else "",
        waits=waits_on(ticket, agent, due_at, at, zone),
        colleagues=[one for one in everybody if one.pk != agent.pk],
        mentions=mentionable(everybody),
        signature=signature_of(ticket, agent),
        language=language,
        language_name=language_name(language),
        translates=translates(ticket, agent),
    )


def translates(ticket: Ticket, agent: Agent) -> bool:
    """Say whether a machine can put an agent's words into the language of a ticket."""
    return bool(settings.ANSWERABLE_TRANSLATION_URL) and ticket.language != agent.language


def written_language(page: TicketPage) -> str:
    """Return the language in which the customer writes: that of their newest messages on the
    page where it is clear, else the one that the ticket came in with."""
    shown = (entry.message for entry in page.timeline.entries if entry.message)
    theirs = [one.body for one in shown if one.kind == Message.Kind.MESSAGE]
    return language_of(theirs[-NEWEST:]) or page.ticket.language


def _chosen(ticket: Ticket, data: dict[str, object]) -> Recipients:
    to, cc = data.get("to"), data.get("cc")
    if not isinstance(to, list) and not isinstance(cc, list):
        return usual(ticket)
    return Recipients([str(a) for a in to or []], [str(a) for a in cc or []])  # type: ignore[attr-defined]  # Lists, as above.


def signature_of(ticket: Ticket, agent: Agent) -> list[str]:
    """Return the lines that are put below a reply, in the customer's language."""
    with in_language_of(ticket.requester):
        return signed_by(agent, agent.name, current()).text.strip().splitlines()


def presets(
    due_at: datetime | None, at: datetime, zone: tzinfo, reader: Contact | None = None
) -> list[Preset]:
    """Return times at which a reply may be sent: one before the promise is due is chosen.

    One of them is when its reader begins work the next time, by the wall where they are.
    """
    local = at.astimezone(zone)
    today = local.replace(minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    monday = today + timedelta(days=7 - today.weekday())
    named = [
        (_("In an hour"), _whole(at + timedelta(hours=1))),
        (_("This afternoon"), today.replace(hour=AFTERNOON)),
        (_("Tomorrow morning"), tomorrow.replace(hour=MORNING)),
        (_("Monday morning"), monday.replace(hour=MORNING)),
    ]
    if reader:
        begins = next_begin(at, ZoneInfo(reader.zone))
        words = _("When {name} begins work").format(name=first_name(reader.name))
        named.insert(0, (words, begins))
    before = _whole(due_at - BEFORE_DUE) if due_at else None
    if before and before > at:
        named.insert(0, (_("Before the promise is due"), before))
    found: list[Preset] = []
    for words, when in named:
        if when > at:
            is_late = bool(due_at and when > due_at)
            time = times.moment(when, at, zone)
            is_chosen = not any(one.is_chosen for one in found) and not is_late
            found.append(Preset(when.isoformat(), f"{words}, {time}", is_late, is_chosen))
    return found


def _whole(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def waits_on(
    ticket: Ticket, agent: Agent, due_at: datetime | None, at: datetime, zone: tzinfo
) -> list[Waits]:
    """Return the replies that wait on a ticket, as this agent sees them."""
    waiting = ticket.prepared.waiting().select_related("agent", "reviewer").order_by("pk")
    return [
        Waits(
            reply=one,
            when=times.moment(one.send_at, at, zone) if one.send_at else "",
            is_late=bool(due_at and one.send_at and one.send_at > due_at),
            is_mine=one.agent_id == agent.pk,
            is_asked=one.reviewer_id == agent.pk,
        )
        for one in waiting
    ]
