"""What the page of remedies shows: by contract and period, with the tickets for the claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from answerable.entitlements.models import Contract
from answerable.sla.owed import (
    Owed,
    contracts_with_misses,
    contracts_with_remedies,
    looked_back,
    owed_under,
)
from answerable.sla.owed_words import Settled, in_words
from answerable.sla.report_words import vendor_zone

CONTRACTS_A_PAGE, CONTRACTS_AT_ONCE = 25, 500


@dataclass(frozen=True, slots=True)
class Under:
    """A contract with what is owed under it."""

    contract: Contract
    rows: list[Settled]


def remedies_page(name: str, page: int, at: datetime) -> dict[str, Any]:
    """Return a page of contracts under which promises were missed. Seven queries."""
    zone = vendor_zone()
    found, first = _contracts(name, at, zone), page * CONTRACTS_A_PAGE
    shown = list(found[first : first + CONTRACTS_A_PAGE + 1])
    missed, all_of_them = found.count(), _named(contracts_with_remedies(), name).count()
    asked = {"name": name} if name else {}
    more, fewer = asked | {"page": page + 1}, asked | ({"page": page - 1} if page > 1 else {})
    return {
        "name": name,
        "contracts": settled(shown[:CONTRACTS_A_PAGE], at, zone),
        "without": all_of_them - missed,
        "any": all_of_them,
        "since": looked_back(at, zone),
        "more": f"?{urlencode(more)}" if len(shown) > CONTRACTS_A_PAGE else "",
        "fewer": f"?{urlencode(fewer)}" if page else "",
        "query": f"?{urlencode(asked)}",
    }


def settled(contracts: Sequence[Contract], at: datetime, zone: tzinfo) -> list[Under]:
    """Return contracts with the periods in which something was missed or is owed."""
    found = [owed for owed in owed_under(contracts, at=at, zone=zone) if _counts(owed)]
    return [
        Under(contract, [in_words(owed.settlement, at, zone) for owed in rows])
        for contract, rows in groupby(found, key=lambda owed: owed.contract)
    ]


def sheet_rows(name: str, at: datetime) -> Iterator[list[object]]:
    """Return the same rows as they stand in a sheet, of every contract."""
    zone = vendor_zone()
    contracts = list(_contracts(name, at, zone))
    for first in range(0, len(contracts), CONTRACTS_AT_ONCE):
        for under in settled(contracts[first : first + CONTRACTS_AT_ONCE], at, zone):
            whose = (under.contract.customer.name, under.contract.order_ref)
            yield from ([*whose, *_cells(row, zone)] for row in under.rows)


def sheet_heads() -> list[str]:
    """Return what stands above them."""
    return [
        _("Account"),
        _("Order"),
        _("Clause"),
        _("Period"),
        _("Promises"),
        _("Kept"),
        _("Missed"),
        _("Excused"),
        _("Open"),
        _("Per cent of the fee"),
        _("Days of term"),
        _("Claim"),
        _("Claim before"),
        _("Tickets"),
    ]


def _cells(row: Settled, zone: tzinfo) -> list[object]:
    one, tally = row.settlement, row.settlement.tally
    before = one.claim_by.astimezone(zone).isoformat() if one.claim_by else ""
    return [
        row.clause,
        row.period,
        tally.promises,
        tally.met,
        tally.missed,
        tally.excused,
        tally.open,
        one.percent,
        one.days,
        row.claim,
        before,
        " ".join(f"#{miss.ticket}" for miss in one.misses),
    ]


def _counts(owed: Owed) -> bool:
    tally = owed.settlement.tally
    return owed.settlement.is_owed or tally.missed + tally.excused > 0


def _contracts(name: str, at: datetime, zone: tzinfo) -> QuerySet[Contract]:
    found = _named(contracts_with_misses(looked_back(at, zone)), name)
    ordered = found.order_by("customer__name", "pk")
    return ordered.select_related("customer", "plan_version__plan")


def _named(contracts: QuerySet[Contract], name: str) -> QuerySet[Contract]:
    return contracts.filter(customer__name__icontains=name) if name else contracts
