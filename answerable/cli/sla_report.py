"""`answerable sla report`: which promises were kept in a month, and what is owed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.utils.timezone import now

from answerable.accounts.models import Customer
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.sla.core.periods import Period, month, month_named
from answerable.sla.kept import Asked, Figures, Promises
from answerable.sla.owed import (
    Owed,
    contracts_with_misses,
    contracts_with_remedies,
    looked_back,
    owed_in,
)
from answerable.sla.owed_words import Settled, in_words
from answerable.sla.report_words import figure_words, month_name, vendor_zone


@dataclass(frozen=True, slots=True)
class Found:
    """A month of one customer, or of all: its figures, and what is owed as of an instant."""

    customer: Customer | None
    period: Period
    figures: Figures
    owed: Sequence[Owed]
    at: datetime
    zone: tzinfo


def run(options: argparse.Namespace) -> int:
    """Print a month's three numbers and what is open, then the remedies; or all as JSON."""
    found = _found(options.customer, options.month, now(), vendor_zone())
    if options.json:
        say(json.dumps(_as_json(found), indent=2))
        return 0
    for line in _lines(found):
        say(line)
    return 0


def _found(name: str, key: str, at: datetime, zone: tzinfo) -> Found:
    customer = _customer(name) if name else None
    period = _period(key, at, zone)
    asked = Asked(period=period, customer=customer.pk if customer else None)
    owed = _owed(customer, period, at, zone)
    return Found(customer, period, Promises(asked).total(), owed, at, zone)


def _customer(name: str) -> Customer:
    found = list(Customer.objects.filter(name__iexact=name)[:2])
    if len(found) == 1:
        return found[0]
    near = Customer.objects.filter(name__icontains=name).order_by("name")[:5]
    names = ", ".join(near.values_list("name", flat=True))
    raise Wrong(
        f"{'Several customers are' if found else 'No customer is'} named {name}."
        + (f" There is: {names}." if names else "")
    )


def _period(key: str, at: datetime, zone: tzinfo) -> Period:
    named = month_named(key or f"{at.astimezone(zone):%Y-%m}")
    if named is None:
        raise Wrong(f"{key!r} is no month. Write it like 2025-10.")
    return month(*named, zone)


def _owed(customer: Customer | None, period: Period, at: datetime, zone: tzinfo) -> list[Owed]:
    """Return what is owed for the periods that the month is part of."""
    if customer:
        contracts = contracts_with_remedies().filter(customer=customer)
    else:
        contracts = contracts_with_misses(looked_back(at, zone))
    named = contracts.select_related("customer", "plan_version__plan")
    ordered = list(named.order_by("customer__name", "pk"))
    return owed_in(ordered, period, at=at, zone=zone)


def _lines(found: Found) -> Iterator[str]:
    whose = f", {found.customer.name}" if found.customer else ""
    yield f"Promises of {month_name(found.period, found.zone)}{whose}"
    tally, words = found.figures.tally, figure_words(found.figures, digits=1)
    yield "  " + "   ".join(f"{count.name} {count.number}" for count in words.counts)
    if tally.fell_due:
        few = " (few)" if words.is_few else ""
        yield f"  Kept {words.percent}{few} of what fell due, 95 % range {words.range}"
        yield f"  Median {words.median}, 9 of 10 within {words.nine_of_ten}"
    if tally.left_out:
        yield f"  Left out, being void or superseded: {tally.left_out}"
    yield "Remedies"
    for one in found.owed:
        yield f"  {_line(one, in_words(one.settlement, found.at, found.zone))}"
    if not found.owed:
        yield "  None."


def _line(one: Owed, words: Settled) -> str:
    contract = one.contract
    tickets = " ".join(f"#{miss.ticket}" for miss in words.misses) or "none"
    return (
        f"{contract.customer.name}, {contract.plan_version.plan.name}, {words.period}: "
        f"{words.owed}. {words.claim}. Misses that qualify: {tickets}. ({words.clause})"
    )


def _as_json(found: Found) -> dict[str, Any]:
    figures, tally = found.figures, found.figures.tally
    return {
        "month": f"{found.period.begin.astimezone(found.zone):%Y-%m}",
        "customer": found.customer.name if found.customer else None,
        "promises": tally.promises,
        **asdict(tally),
        "share": tally.share,
        "range": list(tally.range),
        "median_seconds": _seconds(figures.median),
        "nine_of_ten_seconds": _seconds(figures.nine_of_ten),
        "remedies": [_remedy(one, found.at) for one in found.owed],
    }


def _remedy(one: Owed, at: datetime) -> dict[str, Any]:
    settled = one.settlement
    return {
        "customer": one.contract.customer.name,
        "contract": one.contract.pk,
        "remedy": settled.remedy.key,
        "begin": settled.period.begin.isoformat(),
        "end": _iso(settled.period.end),
        **asdict(settled.tally),
        "percent": settled.percent,
        "days": settled.days,
        "claim": settled.claim(at).value,
        "claim_before": _iso(settled.claim_by),
        "answer_before": _iso(settled.answer_by),
        "tickets": [miss.ticket for miss in settled.misses],
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _seconds(length: timedelta | None) -> float | None:
    return length.total_seconds() if length is not None else None
