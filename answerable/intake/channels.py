"""The ways to reach us that a person has now, each with what may be said of it (ux.md 5.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.core.plan import Kind
from answerable.entitlements.queries import facts_about
from answerable.intake import channel_words as words
from answerable.intake import chat_words
from answerable.intake.asked import Asked
from answerable.intake.calling import Calling, calling_for
from answerable.intake.chatting import CHAT, Chatting, chatting_for
from answerable.intake.offers import Asker, Offers, ask_for, offers_by
from answerable.intake.spoken import is_foreign, spoken_on, spoken_words
from answerable.intake.standing import Standing, standing_of
from answerable.lib.phones import kept_phone, shown_phone
from answerable.sla.queries import offer
from answerable.tickets.models import CRITICAL

EMAIL, CALLBACK, PHONE = "email", "callback", "phone"
# busy: it can be had, but one waits for it.
CardKind = Literal["promise", "estimate", "aim", "open", "busy", "closed"]
MEANS: dict[str, CardKind] = {Kind.GUARANTEE: "promise", Kind.AIM: "aim"}


@dataclass(frozen=True, slots=True)
class Card:
    """One way: its name, its lines in order, and what its button says; "" where there is none,
    and then the first line says why and from when.

    `kind` says what the first line is. `said` is the name for ears: it carries the promise.
    `language` says in which languages this way is answered, where the others are in more.
    """

    channel: str
    kind: CardKind
    name: str
    lines: tuple[str, ...]
    action: str
    said: str
    due_at: datetime | None = None
    critical: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hotline:
    """The number that customers call: as people read it, as a program dials it, and when."""

    shown: str
    dialled: str
    words: str


@dataclass(frozen=True, slots=True)
class Channels:
    """All that stands on the page of channels."""

    standing: Standing
    offers: Offers
    cards: tuple[Card, ...]
    absent: tuple[str, ...]
    hotline: Hotline | None
    calling: Calling
    chatting: Chatting
    language: str
    is_foreign: bool  # whether its person reads none of the languages of their plan
    outside: tuple[str, ...]
    recommended: str

    @property
    def recommended_name(self) -> str:
        """What the recommended way is called."""
        return next((card.name for card in self.cards if card.channel == self.recommended), "")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What every card is made from."""

    asker: Asker
    offers: Offers
    calling: Calling
    chatting: Chatting

    @property
    def at(self) -> datetime:
        return self.asker.at

    @property
    def zone(self) -> tzinfo:
        return self.asker.zone


def channels_for(contact: Contact | None, asked: Asked, at: datetime, zone: tzinfo) -> Channels:
    """Return the ways to reach us that this person has now, by the rules that decide."""
    asker = Asker(contact, facts_about(contact), at, zone)
    offers = offers_by(asker, asked)
    seen = _Seen(asker, offers, calling_for(asker, offers), chatting_for(asker, offers))
    cards = tuple(_cards(seen)) if contact else ()
    spoken = offers.terms.languages if offers.terms else ()
    return Channels(
        standing=standing_of(asker, offers),
        offers=offers,
        cards=cards,
        absent=_absent(offers) if contact else (),
        hotline=_hotline(offers, at, zone) if contact else None,
        calling=seen.calling,
        chatting=seen.chatting,
        language=spoken_words(spoken, contact),
        is_foreign=is_foreign(spoken, contact),
        outside=_outside(seen),
        recommended=_recommended(cards),
    )


def _cards(seen: _Seen) -> Iterator[Card]:
    for card in filter(None, (make(seen) for make in WAYS)):
        language = spoken_on(card.channel, seen.offers.terms, seen.asker.contact)
        yield replace(card, language=language)


def _email(seen: _Seen) -> Card:
    line, critical = seen.offers.standard, ""
    if seen.offers.differ and seen.offers.critical.kind == Kind.GUARANTEE:
        critical = words.critical(seen.offers.critical, seen.at, seen.zone)
    kind = MEANS.get(line.kind, "open")
    name = _("Email")
    return Card(
        channel=EMAIL,
        kind=kind,
        name=name,
        lines=(words.reply(line, seen.at, seen.zone), *line.reasons),
        action=_("Send message"),
        said=words.said(name, words.reply(line, seen.at, seen.zone, counts=False)),
        due_at=line.due_at,
        critical=critical,
    )


def _chat(seen: _Seen) -> Card | None:
    """Return the card of live chat: what is known of the wait, or why there is none."""
    chatting, name = seen.chatting, _("Chat")
    if not chatting.is_offered:
        return None
    if not chatting.is_open:
        closed = chat_words.opens(chatting.opens_at, seen.at, seen.zone)
        return Card(CHAT, "closed", name, (closed,), "", closed)
    if chatting.is_too_long:
        sure = seen.offers.standard.kind == Kind.GUARANTEE
        other = chat_words.no_good_choice(has_guarantee=sure)
        return Card(CHAT, "closed", name, (other,), "", other)
    if not chatting.desk.has_room and not chatting.can_keep:
        busy = chat_words.in_line(chatting.desk)
        return Card(CHAT, "busy", name, (busy,), _("Wait in line"), busy)
    kind, lines = _chat_lines(chatting)
    return Card(CHAT, kind, name, lines, _("Start chat"), words.said(name, lines[0]))


def _chat_lines(chatting: Chatting) -> tuple[CardKind, tuple[str, ...]]:
    """Return what may be said of a chat: a promise, then what people waited and how many wait.

    An estimate that is longer than the promise is not shown beside it (ux.md 3.1).
    """
    usual, within = chatting.desk.usual, chatting.within
    is_told = usual is not None and (not within or usual <= within)
    about = words.now_about(usual) if usual is not None and is_told else ""
    line = chat_words.ahead(chatting.desk.waiting)
    told = tuple(one for one in (about, line) if one)
    if within:
        kind: CardKind = "promise" if chatting.kind == Kind.GUARANTEE else "aim"
        return kind, (chat_words.comes_within(chatting.kind, within), *told)
    if about:
        return "estimate", told
    return "open", (_("A specialist joins when one is free."), *told)


def _callback(seen: _Seen) -> Card | None:
    calling = seen.calling
    if not calling.is_offered:
        return None
    name = _("Call me back")
    if not calling.is_open:
        closed = words.nobody_calls(calling.opens_at, seen.offers.standard, seen.at, seen.zone)
        return Card(CALLBACK, "closed", name, (closed,), "", closed)
    kind, lines = _call_lines(seen)
    said = words.said(name, lines[0])
    return Card(CALLBACK, kind, name, lines, _("Request call"), said, calling.due_at)


def _call_lines(seen: _Seen) -> tuple[CardKind, tuple[str, ...]]:
    """Return what may be said of a call: what the plan promises, where it can be kept, else
    what people waited lately."""
    calling = seen.calling
    usual = calling.desk.usual
    told = words.calls_in(usual, seen.at, seen.zone) if usual else ""
    if calling.can_keep and calling.within:
        promise = words.calls_within(calling.kind, calling.within)
        is_sooner = usual is not None and usual <= calling.within
        now = (words.now_about(usual),) if is_sooner and usual else ()
        return ("promise" if calling.kind == Kind.GUARANTEE else "aim"), (promise, *now)
    if told:
        return "estimate", (told,)
    return "open", (_("We call you when a specialist is free."),)


WAYS: tuple[Callable[[_Seen], Card | None], ...] = (_email, _chat, _callback)


def _absent(offers: Offers) -> tuple[str, ...]:
    """Return which ways are not part of the plan, in words, where there is a plan."""
    terms = offers.own_terms
    if terms is None:
        return ()
    absent = []
    if CHAT not in terms.channels:
        absent.append(_("Chat is not part of your plan."))
    if not {CALLBACK, PHONE} & set(terms.channels):
        absent.append(_("Phone support is not part of your plan."))
    return tuple(absent)


def _hotline(offers: Offers, at: datetime, zone: tzinfo) -> Hotline | None:
    terms = offers.own_terms
    channel = terms.channels.get(PHONE) if terms else None
    if terms is None or channel is None or not channel.number:
        return None
    number = kept_phone(channel.number) or channel.number
    shown = shown_phone(number)
    hours = words.open_words(terms, channel, at, zone)
    sentence = _("Or call {number}, {hours}").format(number=shown, hours=hours)
    return Hotline(shown, number, sentence)


def _outside(seen: _Seen) -> tuple[str, ...]:
    """Return when specialists are back, where a clock would wait for that (W8)."""
    line = seen.offers.standard
    if not line.waits or line.starts_at is None:
        return ()
    back = words.specialists_back(line.starts_at, seen.at, seen.zone)
    ask = ask_for(seen.offers.asking, CRITICAL, seen.at)
    offered = offer(seen.asker.facts, ask)
    target, terms = offered.verdict.target, offered.terms
    always = target and terms and terms.calendars[target.calendar].always
    if target and always and offered.kind == Kind.GUARANTEE:
        return back, words.day_and_night(target.within)
    return (back,)


def _recommended(cards: tuple[Card, ...]) -> str:
    """Return the way with the promise that comes first; mail where none is promised."""
    sure = [card for card in cards if card.kind == "promise" and card.action]
    timed = [(card.due_at, card.channel) for card in sure if card.due_at]
    return min(timed)[1] if timed else EMAIL
