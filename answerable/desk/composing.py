"""A reply as its form brings it, and what is asked before it goes: each thing once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now
from django.utils.translation import gettext as _

from answerable.desk.link_words import wrong_inside
from answerable.desk.recipients import Audience, Recipients, audience, chosen, usual
from answerable.macros.core.gaps import gaps_in
from answerable.macros.core.staged import Act, acts_of, as_data, macros_of
from answerable.tickets.models import Ticket

GAPS, ATTACHMENT, OUTSIDE, LINKS = "gaps", "attachment", "outside", "links"
# Words that promise a file, in the languages of our agents; quotations do not count.
MENTIONS = re.compile(
    r"\b(attach(?:ed|ment|ments|ing)|enclosed|angehängt|angehängte\w*|beigefügt\w*|"
    r"im Anhang|anbei|Anhang)\b",
    re.IGNORECASE,
)
MOST_NAMED = 3
QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to say before a reply goes, and the ways on: which answer sends it anyway."""

    key: str
    text: str
    anyway: str
    persons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a form says of a reply beside its files."""

    body: str
    recipients: Recipients
    is_usual: bool
    acts: Sequence[Act]
    macros: Sequence[int]
    asked: frozenset[str]
    kept: Sequence[str]
    seen: int

    @property
    def data(self) -> dict[str, object]:
        """What goes into the log with it; the usual recipients are not named."""
        named = {} if self.is_usual else {"to": self.recipients.to, "cc": self.recipients.cc}
        staged = {"acts": as_data(self.acts), "macros": list(self.macros)}
        return {key: value for key, value in {**named, **staged}.items() if value}


def written(ticket: Ticket, form: QueryDict) -> Written:
    """Return a reply as its form has it."""
    recipients = chosen(ticket, form)
    usually = usual(ticket)
    acts, macros = staged_in(form)
    return Written(
        body=form.get("reply", ""),
        recipients=recipients,
        is_usual=(list(recipients.to), list(recipients.cc))
        == (list(usually.to), list(usually.cc)),
        acts=acts,
        macros=macros,
        asked=frozenset(asked_in(form)),
        kept=[address.lower() for address in form.getlist("kept")],
        seen=_seen(form),
    )


def asked_in(form: QueryDict) -> list[str]:
    """Return which questions the writer of a form has answered."""
    return [said.partition(":")[0] for said in form.getlist("asked")]


def then_in(form: QueryDict) -> str:
    """Return what becomes of a text: what the button says that was pressed, or that which was
    pressed before a question, whose answer goes on with it ("attachment:later")."""
    answers = [*form.getlist("asked"), form.get("seen_now", "")]
    said = [form.get("then", ""), *(answer.partition(":")[2] for answer in answers)]
    return next((then for then in said if then), "")


def send_at_in(form: QueryDict, zone: tzinfo) -> datetime | None:
    """Return when a form lets its text leave: one of the times offered, or one that was typed
    as the wall shows it in a zone; None where it names none."""
    try:
        parsed = parse_datetime(form.get("send_at") or form.get("send_at_typed", ""))
    except ValueError:
        return None
    return parsed if parsed is None or parsed.tzinfo else parsed.replace(tzinfo=zone)


def staged_in(form: QueryDict) -> tuple[list[Act], list[int]]:
    """Return the acts that a form stages, and the macros that stand in its text."""
    acts = acts_of([_loaded(text) for text in form.getlist("act")])
    return acts, macros_of(
        [int(n) for n in form.getlist("macro") if n.isdecimal() and len(n) < 19]
    )


def _loaded(text: str) -> object:
    try:
        return json.loads(text[:1000])
    except ValueError:
        return None


def _seen(form: QueryDict) -> int:
    """Return the last event that the writer had on the page, or chose to send past."""
    numbers = (form.get(name, "").partition(":")[0] for name in ("seen_now", "seen"))
    return next((int(text) for text in numbers if text.isascii() and text.isdigit()), 0)


def questions(ticket: Ticket, reply: Written, *, has_files: bool) -> list[Question]:
    """Return what is asked before a reply goes, and was not answered yet."""
    who = audience(ticket, reply.recipients, reply.kept)
    asked = [*_questions(reply, who, has_files=has_files), *_about_links(ticket, reply)]
    return [question for question in asked if question.key not in reply.asked]


def about_outside(ticket: Ticket, reply: Written) -> list[Question]:
    """Return what is asked of who is not at the customer, and was not answered yet."""
    who = audience(ticket, reply.recipients, reply.kept)
    return [question for question in _outside(who) if question.key not in reply.asked]


def _questions(reply: Written, who: Audience, *, has_files: bool) -> Iterator[Question]:
    if gaps := gaps_in(reply.body):
        words = _("Fill in {name} or remove it")
        names = ", ".join(f"{{{gap}}}" for gap in gaps)
        yield Question(GAPS, words.format(name=names), _("Send it as it is"))
    yield from _outside(who)
    if not has_files and MENTIONS.search(QUOTED.sub("", reply.body)):
        text = _("You mention an attachment. None is attached.")
        yield Question(ATTACHMENT, text, _("Send without"))


def _outside(who: Audience) -> Iterator[Question]:
    if who.unconfirmed:
        words = _("{address} is not at {customer}.")
        outside = [person.address for person in who.unconfirmed]
        text = " ".join(words.format(address=a, customer=who.customer) for a in outside)
        yield Question(OUTSIDE, text, _("Keep"), outside)


def _about_links(ticket: Ticket, reply: Written) -> Iterator[Question]:
    """Ask about links that lead nowhere for the customer, as far as we know it ourselves."""
    wrong = wrong_inside(QUOTED.sub("", reply.body), ticket, now())
    if wrong:
        text = " ".join(f"{one.target}: {one.why}" for one in wrong[:MOST_NAMED])
        yield Question(LINKS, text, _("Send it as it is"))
