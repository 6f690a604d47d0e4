"""Plays tickets of the past again under other terms: who would have had more time, or less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Coalesce

from answerable.entitlements.core.eligibility import Bought, decide
from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.sla.facts import facts_from_json
from answerable.sla.judging import ask_of
from answerable.sla.models import Clock, Decision
from answerable.sla.trying import EVER, due_of

DRAFT = 0  # the version of terms that are not published yet
MOST = 2000


@dataclass(frozen=True, slots=True)
class Replay:
    """How many tickets were played, and for how many the first reply would be due otherwise.

    `gained` had no time and would get one, `lost` the other way round. Of the `answered` ones
    `kept_before` came in time under the old terms and `kept_after` would have under the new.
    `is_cut` says that there were more tickets than were played: these are the newest.
    """

    tickets: int = 0
    later: int = 0
    earlier: int = 0
    gained: int = 0
    lost: int = 0
    answered: int = 0
    kept_before: int = 0
    kept_after: int = 0
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
    replies = _replies(found[:MOST])
    counts: Counter[str] = Counter()
    for decision in found[:MOST]:
        before, after = _due(decision, old), _due(decision, new)
        counts[_change(before, after)] += 1
        if before and after and (reply := replies.get(decision.ticket_id)):
            counts["answered"] += 1
            counts["kept_before"] += reply <= before
            counts["kept_after"] += reply <= after
    del counts["same"]
    return Replay(tickets=len(found[:MOST]), is_cut=len(found) > MOST, **counts)


def _replies(decisions: Sequence[Decision]) -> dict[int, datetime]:
    """Return when tickets were first answered, by number."""
    tickets = {decision.ticket_id for decision in decisions}
    first = Clock.objects.filter(ticket__in=tickets, metric=Metric.FIRST_RESPONSE)
    answered = first.annotate(reply=Coalesce("met_at", "answered_at")).exclude(reply=None)
    return dict(answered.values_list("ticket", "reply"))


def _change(before: datetime | None, after: datetime | None) -> str:
    if before == after:
        return "same"
    if before is None or after is None:
        return "gained" if before is None else "lost"
    return "later" if after > before else "earlier"


def _due(decision: Decision, terms: Terms) -> datetime | None:
    target = _promised_anew(decision, terms).get(Metric.FIRST_RESPONSE)
    return due_of(terms, target, decision.ticket.created_at) if target else None


def _promised_anew(decision: Decision, terms: Terms) -> dict[str, Target]:
    """Return what other terms would have promised on a ticket at its opening, by metric.

    The facts about the person are those that were known then (domain.md E21); the severity is
    the one that the ticket has now.
    """
    under = Bought(decision.contract_id or 0, DRAFT, terms, EVER, "active")
    ticket = decision.ticket
    ask = ask_of(ticket, ticket.severity, ticket.created_at)
    verdict = decide(facts_from_json(decision.facts, (under,)), ask)
    rows = [row for row in (verdict.target, *verdict.others) if row]
    return {row.metric: row for row in rows}
