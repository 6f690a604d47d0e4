"""Plays tickets of the past again under other terms: who would have had more time, or less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.sla.affected import promised_anew
from answerable.sla.models import Decision
from answerable.sla.trying import due_of

MOST = 2000


@dataclass(frozen=True, slots=True)
class Replay:
    """How many tickets were played, and for how many the first reply would be due otherwise.

    `gained` had no time and would get one, `lost` the other way round. `is_cut` says that
    there were more tickets than were played: these are the newest.
    """

    tickets: int = 0
    later: int = 0
    earlier: int = 0
    gained: int = 0
    lost: int = 0
    is_cut: bool = False


def replayed(old: Terms, new: Terms, *, since: datetime, until: datetime) -> Replay:
    """Return what became of the tickets of a plan under two terms, from an instant to another.

    Each is judged by the facts and the request that were stored with its first decision.
    """
    first = Decision.objects.filter(
        plan_version__plan__key=new.key, ticket__created_at__range=(since, until)
    )
    newest = first.order_by("ticket", "pk").distinct("ticket").values("pk")
    asked = Decision.objects.filter(pk__in=newest).select_related("ticket").order_by("-pk")
    found = list(asked[: MOST + 1])
    counts = dict.fromkeys(("later", "earlier", "gained", "lost", "same"), 0)
    for decision in found[:MOST]:
        counts[_change(decision, old, new)] += 1
    del counts["same"]
    return Replay(tickets=len(found[:MOST]), is_cut=len(found) > MOST, **counts)


def _change(decision: Decision, old: Terms, new: Terms) -> str:
    before, after = (_due(decision, terms) for terms in (old, new))
    if before == after:
        return "same"
    if before is None or after is None:
        return "gained" if before is None else "lost"
    return "later" if after > before else "earlier"


def _due(decision: Decision, terms: Terms) -> datetime | None:
    promised: Mapping[str, Target] = promised_anew(decision, decision.ticket, terms)
    target = promised.get(Metric.FIRST_RESPONSE)
    return due_of(terms, target, decision.ticket.created_at) if target else None
