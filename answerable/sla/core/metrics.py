"""What each metric measures: from what to what, how often, and whether it may pause. Pure.

One mechanism runs them all and asks this table. The words are those of a ticket's log
(tickets.models.TicketEvent.Verb); a plan says which metrics are promised, to whom and how fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from answerable.entitlements.core.plan import Metric

# What may stop a response clock; whether it does, the plan's response definition says.
RESPONSES = frozenset({"delivered", "call_attempted", "call_connected"})
# How we set a severity: a triage clock stops, and what waits for the severity starts.
SEVERITY_SET = frozenset({"claim_confirmed", "claim_changed", "severity_set"})


class Closing(StrEnum):
    """Who ends a clock without a result by resolving the ticket (domain.md E4)."""

    NOBODY = "nobody"
    CUSTOMER = "customer"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric: what starts its clock, what stops it, and what may happen between.

    `repeats` says that a ticket may have one after another. `may_pause` says whether a pause
    rule that names no metric holds for it; a rule that names the metric always does.
    """

    starts: frozenset[str]
    stops: frozenset[str]
    repeats: bool = False
    may_pause: bool = False
    closing: Closing = Closing.NOBODY
    taken_back_by: frozenset[str] = frozenset()

    @property
    def by_response(self) -> bool:
        """Whether a response of an agent stops it, as the plan defines one."""
        return "delivered" in self.stops


def _verbs(*verbs: str) -> frozenset[str]:
    return frozenset(verbs)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        # It never pauses: nobody waits for a customer who was told nothing (E52).
        Metric.FIRST_RESPONSE: Measure(
            starts=_verbs("opened", "wrote"), stops=RESPONSES, closing=Closing.CUSTOMER
        ),
        # From the oldest message of the customer that is not answered (E53).
        Metric.NEXT_RESPONSE: Measure(
            starts=_verbs("wrote", "reopened", "delivered"),
            stops=RESPONSES,
            repeats=True,
            may_pause=True,
            closing=Closing.CUSTOMER,
        ),
        # In every interval while the ticket is open: each one that ends begins the next.
        Metric.STATUS_UPDATE: Measure(
            starts=_verbs("opened", "reopened"),
            stops=RESPONSES,
            repeats=True,
            may_pause=True,
            closing=Closing.ANYBODY,
        ),
        Metric.TRIAGE: Measure(
            starts=_verbs("opened"),
            stops=SEVERITY_SET,
            closing=Closing.CUSTOMER,
        ),
        # An attempt in time keeps the promise (E73); the request keeps its place (E75).
        Metric.CALLBACK_START: Measure(
            starts=_verbs("call_asked"),
            stops=_verbs("call_attempted", "call_connected"),
            repeats=True,
            closing=Closing.CUSTOMER,
        ),
        Metric.CHAT_PICKUP: Measure(
            starts=_verbs("chat_asked"),
            stops=_verbs("chat_picked_up"),
            repeats=True,
            closing=Closing.CUSTOMER,
        ),
        # A lead answers it (E96).
        Metric.ESCALATION_RESPONSE: Measure(
            starts=_verbs("another_look_asked"),
            stops=RESPONSES,
            repeats=True,
            closing=Closing.CUSTOMER,
        ),
        Metric.WORKAROUND: Measure(
            starts=_verbs("opened"),
            stops=_verbs("workaround_given", "resolved"),
            may_pause=True,
            taken_back_by=_verbs("reopened"),
        ),
        Metric.RESOLUTION: Measure(
            starts=_verbs("opened"),
            stops=_verbs("resolved"),
            may_pause=True,
            taken_back_by=_verbs("reopened"),
        ),
        # An agent said by when; nobody's silence moves that.
        Metric.PROMISED_UPDATE: Measure(
            starts=_verbs("update_promised", "call_connected"),
            stops=_verbs("delivered", "call_connected"),
            repeats=True,
            closing=Closing.ANYBODY,
        ),
    }
)
