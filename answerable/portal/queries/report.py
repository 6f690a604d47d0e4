"""A customer's report of a month: the same figures as their vendor reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import dateformat
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact, Customer
from answerable.entitlements.core.plan import Metric
from answerable.sla.core.counting import Standing, Tally
from answerable.sla.core.periods import Period, month, month_named, working_day
from answerable.sla.kept import Asked, Line, Promises, unpromised
from answerable.sla.listed import Listed
from answerable.sla.misses import Said, said_of
from answerable.sla.models import Clock
from answerable.sla.owed import contracts_with_remedies, owed_in
from answerable.sla.owed_words import Settled, in_words
from answerable.sla.report_words import (
    FigureWords,
    figure_cells,
    figure_heads,
    figure_words,
    metric_name,
    month_name,
    severity_name,
)
from answerable.tickets.access import sight_of
from answerable.tickets.models import Ticket

MONTHS_OFFERED = 24
FINAL_ON = 2  # the working day after the month on which its report is final
MOST_MISSES = 200


@dataclass(frozen=True, slots=True)
class Question:
    """Which month, and which of its promises, an address asks for."""

    key: str
    severity: str
    metric: str
    standing: str
    page: int
    zone: tzinfo

    @property
    def period(self) -> Period:
        """The month, by the vendor's calendar."""
        year, number = month_named(self.key) or (2000, 1)
        return month(year, number, self.zone)

    @property
    def name(self) -> str:
        """What the month is called."""
        return month_name(self.period, self.zone)

    def query(self, **named: str) -> str:
        """Return the query of an address that asks for this month, and for what is named."""
        return "?" + urlencode({"month": self.key, **{k: v for k, v in named.items() if v}})

    @property
    def own_query(self) -> str:
        """The query of the address that asked this."""
        return self.query(severity=self.severity, metric=self.metric, standing=self.standing)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one kind of promise, and the query that leaves only these."""

    kind: str
    figures: FigureWords
    query: str


@dataclass(frozen=True, slots=True)
class Report:
    """A month in figures: all together, by kind, its misses, and what is owed.

    `hidden` has the private requests that count here and that its reader does not see.
    """

    tally: Tally
    total: FigureWords
    rows: list[Row]
    unpromised: int
    misses: list[Said]
    credits: list[Settled]
    final_on: str
    hidden: frozenset[int]


def question(values: Mapping[str, str], now: datetime, zone: tzinfo) -> Question:
    """Return what an address asks for; what it says wrongly counts as left out."""
    key, standing = values.get("month", ""), values.get("standing", "")
    page = values.get("page", "")
    return Question(
        key=key if month_named(key) else f"{now.astimezone(zone):%Y-%m}",
        severity=values.get("severity", "").replace("\x00", ""),
        metric=values.get("metric", "").replace("\x00", ""),
        standing=standing if standing in set(Standing) else "",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 0,
        zone=zone,
    )


def report_of(reader: Contact, ask: Question, at: datetime) -> Report:
    """Return the report of a month of a Super Admin's company. About a dozen queries."""
    customer = reader.customer
    asked = Asked(period=ask.period, customer=customer.pk)
    promises = Promises(asked)
    total = promises.total()
    return Report(
        tally=total.tally,
        total=figure_words(total),
        rows=[_row(line, ask) for line in promises.lines("metric")],
        unpromised=unpromised(asked).count(),
        misses=_misses(promises),
        credits=_credits(customer, ask, at),
        final_on=_final_on(ask, at),
        hidden=frozenset(sight_of(reader).hidden()),
    )


def unpromised_for(reader: Contact, ask: Question) -> QuerySet[Ticket]:
    """Return the requests of a month without a promise, as far as a Super Admin sees them."""
    found = unpromised(Asked(period=ask.period, customer=reader.customer_id))
    hidden = sight_of(reader).hidden()
    return found.exclude(pk__in=hidden).order_by("created_at", "pk")


def told_to(reader: Contact, rows: Iterator[Listed]) -> Iterator[Listed]:
    """Return promises as a Super Admin may read them: of a private request only how it is."""
    hidden = sight_of(reader).hidden()
    for row in rows:
        if row.number not in hidden:
            yield row
        else:
            yield replace(row, number="", subject=_("Private request"), product="", excuse="")


def listed_for(customer: Customer, ask: Question) -> QuerySet[Clock]:
    """Return the promises that a number of the report counts."""
    asked = Asked(
        period=ask.period, customer=customer.pk, severity=ask.severity, metric=ask.metric
    )
    return Promises(asked).that_are(ask.standing)


def sheet_rows(customer: Customer, ask: Question) -> Iterator[list[object]]:
    """Return the rows of the report's table as they stand in a sheet."""
    for line in Promises(Asked(period=ask.period, customer=customer.pk)).lines("metric"):
        yield [kind_of(line), *figure_cells(line.figures)]


def sheet_heads() -> list[str]:
    """Return what stands above them."""
    return [_("Kind"), *figure_heads()]


def months_offered(now: datetime, zone: tzinfo) -> list[tuple[str, str]]:
    """Return the keys and names of the last two years' months, the newest first."""
    local = now.astimezone(zone)
    periods = [month(local.year, local.month - back, zone) for back in range(MONTHS_OFFERED)]
    return [(f"{p.begin.astimezone(zone):%Y-%m}", month_name(p, zone)) for p in periods]


def kind_of(line: Line) -> str:
    """Return “Critical”, or “Critical, next reply” for what is not a first reply."""
    severity = severity_name(line.severity)
    if line.metric == Metric.FIRST_RESPONSE:
        return severity
    return f"{severity}, {metric_name(line.metric)}"


def _row(line: Line, ask: Question) -> Row:
    query = ask.query(severity=line.severity, metric=line.metric)
    return Row(kind_of(line), figure_words(line.figures), query)


def _misses(promises: Promises) -> list[Said]:
    missed = promises.that_are("").filter(outcome="missed").order_by("due_at", "pk")
    return list(said_of(missed[:MOST_MISSES]))


def _credits(customer: Customer, ask: Question, at: datetime) -> list[Settled]:
    """Return what the contracts' clauses come to in the periods that this month is part of."""
    contracts = contracts_with_remedies().filter(customer=customer).order_by("pk")
    return [
        in_words(owed.settlement, at, ask.zone)
        for owed in owed_in(list(contracts), ask.period, at=at, zone=ask.zone)
    ]


def _final_on(ask: Question, at: datetime) -> str:
    """Return the day on which the figures are final, while they are not."""
    final = working_day(ask.period, FINAL_ON, ask.zone)
    if final <= at:
        return ""
    return dateformat.format(final.astimezone(ask.zone), _("j F"))
