"""The parts of the customer pane that load beside a ticket's page, each where it is open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils import dateformat
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import AccountNote, Agent, Contact
from answerable.cards.queries import Shown, shown_on, sources_of
from answerable.desk.queries.account_notes import notes_on
from answerable.desk.queries.account_tickets import OpenTickets, PastTickets, open_of, past_of
from answerable.desk.source_words import late_words
from answerable.entitlements.core.plan import Kind, Target, Terms
from answerable.entitlements.held import Held, held_by, seats_bought
from answerable.lib.markdown import as_html
from answerable.sla.core.periods import Period, month_of, quarter_of
from answerable.sla.kept import Asked, Promises
from answerable.sla.report_words import FigureWords, figure_words, vendor_zone
from answerable.sla.words import allowed_words, metric_word, said, severity_in
from answerable.tickets.models import Ticket

PARTS = (
    *("about", "person", "copied", "incidents", "sides"),
    *("contract", "promises", "tickets", "people", "notes", "cards"),
)
# What an agent who chose nothing has folded: who needs it opens it.
FOLDED = ("people",)
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract in force: its term, its seats, whom it names and what it promises."""

    name: str
    term: str
    late: SafeString
    seats: str
    named: Sequence[Contact]
    promises: Sequence[str]
    aims: Sequence[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """How promises to an account were kept in a period."""

    name: str
    figures: FigureWords
    sentence: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note, with what it says as HTML."""

    note: AccountNote

    @property
    def html(self) -> SafeString:
        """What it says."""
        return as_html(self.note.body)


@dataclass(frozen=True, slots=True)
class BesideAccount:
    """What loads beside a ticket. A part that is folded is empty, and was not asked for."""

    folded: Collection[str]
    contracts: Sequence[ContractView] = ()
    kept: Sequence[Kept] = ()
    open: OpenTickets | None = None
    past: PastTickets | None = None
    people: Sequence[Contact] = ()
    has_more_people: bool = False
    notes: Sequence[NoteView] = ()
    has_sources: bool = False
    cards: Sequence[Shown] = field(default_factory=tuple)


def folded_of(agent: Agent) -> Collection[str]:
    """Return the parts that an agent has folded."""
    return FOLDED if agent.pane_folded is None else agent.pane_folded


def beside_account(
    ticket: Ticket, agent: Agent, at: datetime, zone: tzinfo, *, page: str = "1"
) -> BesideAccount:
    """Return the parts of a ticket's pane that this agent has open."""
    folded = folded_of(agent)
    customer = ticket.customer
    if customer is None:
        return BesideAccount(folded)
    sources = sources_of(ticket, at)
    people = _people(ticket) if "people" not in folded else []
    return BesideAccount(
        folded=folded,
        contracts=_contracts(ticket, at, zone) if "contract" not in folded else (),
        kept=_kept(ticket, at) if "promises" not in folded else (),
        open=open_of(ticket) if "tickets" not in folded else None,
        past=past_of(ticket, page) if "tickets" not in folded else None,
        people=people[:MOST_PEOPLE],
        has_more_people=len(people) > MOST_PEOPLE,
        notes=[NoteView(note) for note in notes_on(ticket)] if "notes" not in folded else (),
        has_sources=bool(sources),
        cards=shown_on(ticket, sources, at) if "cards" not in folded else (),
    )


def _people(ticket: Ticket) -> list[Contact]:
    people = Contact.objects.filter(customer=ticket.customer_id, left_at=None)
    others = people.exclude(pk=ticket.requester_id) if ticket.requester_id else people
    return list(others.order_by("name", "pk")[: MOST_PEOPLE + 1])


def _contracts(ticket: Ticket, at: datetime, zone: tzinfo) -> list[ContractView]:
    customer = ticket.customer
    held = held_by(customer, at) if customer else []
    used = Contact.objects.filter(
        customer=ticket.customer_id, left_at=None, seat=Contact.Seat.PAID
    ).count()
    return [_contract(one, seats_words(used, held), at, zone) for one in held]


def _contract(held: Held, seats: str, at: datetime, zone: tzinfo) -> ContractView:
    return ContractView(
        name=held.terms.name,
        term=_term(held, zone),
        late=late_words(held.contract, at, zone),
        seats=seats,
        named=[one.contact for one in held.designations] if held.names_people else [],
        promises=list(_rows(held.terms, Kind.GUARANTEE)),
        aims=list(_rows(held.terms, Kind.AIM)),
    )


def seats_words(used: int, held: list[Held]) -> str:
    """Return “38 of 40 paid seats are used”, over all contracts of an account."""
    bought = seats_bought(held)
    if bought is None:
        words = ngettext("{used} paid seat is used", "{used} paid seats are used", used)
        return words.format(used=used)
    return _("{used} of {bought} paid seats are used").format(used=used, bought=bought)


def _term(held: Held, zone: tzinfo) -> str:
    contract = held.contract
    begins = dateformat.format(contract.starts_at.astimezone(zone), _("j M Y"))
    if contract.ends_at is None:
        return _("since {date}, without an end").format(date=begins)
    ends = dateformat.format(contract.ends_at.astimezone(zone), _("j M Y"))
    return _("{begin} to {end}").format(begin=begins, end=ends)


def _rows(terms: Terms, kind: Kind) -> list[str]:
    """Return the rows of a plan of one kind in words, each once."""
    rows = (row_words(terms, target) for target in terms.targets if target.kind == kind)
    return list(dict.fromkeys(rows))


def row_words(terms: Terms, target: Target) -> str:
    """Return “First reply, business-critical, Super Admin: 30 minutes, around the clock”."""
    severity = severity_in(terms, target.severity) if target.severity else ""
    who = said(terms.requesters[target.requester].name)
    named = [str(capfirst(metric_word(target.metric))), severity, who]
    head = ", ".join(name for name in named if name)
    return f"{head}: {allowed_words(terms, target)}"


def _kept(ticket: Ticket, at: datetime) -> list[Kept]:
    zone = vendor_zone()
    periods = (
        (_("This month"), month_of(at, zone)),
        (_("This quarter"), quarter_of(at, zone, 1)),
    )
    return [_kept_in(ticket, name, period) for name, period in periods]


def _kept_in(ticket: Ticket, name: str, period: Period) -> Kept:
    figures = Promises(Asked(period=period, customer=ticket.customer_id)).total()
    words, tally = figure_words(figures), figures.tally
    if not tally.fell_due:
        return Kept(name, words, _("No promise fell due."))
    kept = ngettext(
        "{kept} of {count} promise kept", "{kept} of {count} promises kept", tally.fell_due
    ).format(kept=tally.met, count=tally.fell_due)
    # A share of a handful says nothing: it is left out until there are enough.
    return Kept(name, words, kept if tally.is_few else f"{kept} ({words.percent})")
