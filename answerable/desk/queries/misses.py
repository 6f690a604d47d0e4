"""The missed promises of a ticket: what was said of each, and what this agent may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.entitlements.core.clauses import ExceptionRule
from answerable.sla.actions import may_decide, may_excuse
from answerable.sla.core.ledger import Outcome
from answerable.sla.misses import Said, said_of
from answerable.sla.models import Clock, Excuse, PostMortem
from answerable.sla.report_words import by_how_much, metric_name
from answerable.tickets.models import Message, Ticket

MOST_MESSAGES = 20
SHOWN = 60


@dataclass(frozen=True, slots=True)
class MissLink:
    """A miss in the head of its ticket, in a few words."""

    clock: int
    words: str


@dataclass(frozen=True, slots=True)
class MissView:
    """A miss in full: what was said of it, and the choices that this agent has."""

    said: Said
    metric: str
    by: str
    rules: list[ExceptionRule]
    messages: list[tuple[str, str]]
    may_decide: bool
    post_mortem: PostMortem | None = None

    @property
    def may_excuse(self) -> bool:
        """Whether this agent may record an exception of the plan now."""
        return bool(self.rules) and not self.said.is_excused

    @property
    def is_appealed(self) -> bool:
        """Whether an appeal waits to be decided."""
        appeal = self.said.appeal
        return self.said.is_excused and appeal is not None and appeal.decided_at is None


def missed_among(clocks: Sequence[Clock]) -> list[MissLink]:
    """Return the missed guarantees among a ticket's clocks. One query, where there are any."""
    missed = [clock for clock in clocks if is_missed(clock)]
    if not missed:
        return []
    excuses = Excuse.objects.standing().filter(clock__in=missed).select_related("appeal")
    standing = {excuse.clock_id: excuse for excuse in excuses}
    return [MissLink(clock.pk, _words(clock, standing.get(clock.pk))) for clock in missed]


def is_missed(clock: Clock) -> bool:
    """Say whether a clock is a guarantee that was missed."""
    return clock.outcome == Outcome.MISSED and clock.kind == Clock.Kind.GUARANTEE


def miss_of(ticket: Ticket, clock: int, agent: Agent) -> MissView:
    """Return a miss of a ticket, or of what was merged into it, by its clock.

    Raises Clock.DoesNotExist where there is none.
    """
    missed = Clock.objects.of_ticket(ticket.pk).filter(
        pk=clock, outcome=Outcome.MISSED, kind=Clock.Kind.GUARANTEE
    )
    asked = missed.select_related("post_mortem__owner", "post_mortem__done_by")
    found = next(said_of(asked), None)
    if found is None:
        raise Clock.DoesNotExist
    rules = found.clock.plan_version.terms.exceptions
    return MissView(
        said=found,
        metric=metric_name(found.clock.metric),
        by=by_how_much(found.clock),
        rules=[rule for rule in rules if may_excuse(agent, rule)],
        messages=_messages(ticket),
        may_decide=found.appeal is not None and may_decide(agent, found.appeal),
        post_mortem=getattr(found.clock, "post_mortem", None),
    )


def _words(clock: Clock, excuse: Excuse | None) -> str:
    if excuse is None:
        words = _("{promise} missed: not excused")
    elif hasattr(excuse, "appeal") and excuse.appeal.decided_at is None:
        words = _("{promise} missed: another look is asked for")
    else:
        words = _("{promise} missed: excused")
    return words.format(promise=metric_name(clock.metric))


def _messages(ticket: Ticket) -> list[tuple[str, str]]:
    """Return the newest messages that the customer can read, as choices."""
    public = Message.objects.filter(ticket=ticket, kind__in=Message.PUBLIC)
    newest = public.select_related("agent", "contact").order_by("-pk")[:MOST_MESSAGES]
    return [
        (str(message.pk), f"{message.author}: {Truncator(message.body).chars(SHOWN)}")
        for message in newest
    ]
