"""The claim of a ticket as the triage panel shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent, Contact
from answerable.desk.queries.clocks import ClockView
from answerable.desk.queries.updates import NextUpdate, proposed_after
from answerable.desk.words import alternatives, first_name, left_words, people
from answerable.entitlements.core.plan import Phrase, Terms
from answerable.intake.confirming import confirmers_on
from answerable.lib import times
from answerable.routing.models import Notice
from answerable.sla.models import Clock
from answerable.sla.queries import due_if_standard
from answerable.sla.words import said
from answerable.tickets.core.mentions import full_handle
from answerable.tickets.events import Verb
from answerable.tickets.models import Claim, Ticket

HOUR = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A colleague: their first name, and what mentions them in a note."""

    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim: what is promised meanwhile, what counts, and what a change would mean."""

    claim: Claim
    promise: ClockView | None
    decision: ClockView | None
    rubric: list[str]
    not_critical: list[tuple[str, str]]
    standard_due_at: datetime | None
    overdue: str
    no_guarantee: str
    confirmers: Sequence[Contact] = ()
    is_asked: bool = False
    held: str = ""
    next_update: NextUpdate | None = None

    @property
    def impact(self) -> str:
        """What the customer says is blocked, in the reader's language."""
        return said(self.claim.impact_says)

    @property
    def reason(self) -> str:
        """Why it was changed, in the reader's language."""
        return said(self.claim.reason_says)

    @property
    def may_confirm(self) -> str:
        """Who has the guarantee and may stand behind it: “Dana or Kim”."""
        return alternatives([first_name(one.name) for one in self.confirmers])

    @property
    def holder(self) -> Named | None:
        """Who has the ticket at the desk."""
        return _named(self.claim.ticket.assignee)

    @property
    def manager(self) -> Named | None:
        """Who looks after the account, and can be brought in."""
        customer = self.claim.ticket.customer
        return _named(customer.account_manager) if customer else None

    @property
    def runs_on(self) -> bool:
        """Whether a change is decided but not yet delivered, so that the promise stands."""
        return self.claim.outcome == Claim.Outcome.CHANGED and self.claim.in_force_at is None


def claim_of(ticket: Ticket, views: Sequence[ClockView], at: datetime) -> ClaimView | None:
    """Return the claim of a ticket, or None: at most two queries; five more where who claims it
    has no guarantee, one more where somebody has it. Once it is decided, those of what is
    proposed next (updates.py)."""
    claim: Claim | None = getattr(ticket, "claim", None)
    if claim is None:
        return None
    first = next((view for view in views if view.is_first_reply), None)
    decision = next((view for view in views if view.is_decision), None)
    terms = first.clock.plan_version.terms if first else None
    refused, is_open = _no_guarantee(ticket, first), claim.is_open
    return ClaimView(
        claim=claim,
        promise=first if first and first.clock.kind == Clock.Kind.GUARANTEE else None,
        decision=decision,
        rubric=[said(phrase.says) for phrase in terms.rubric] if terms else [],
        not_critical=reasons_against(terms),
        standard_due_at=due_if_standard(first.clock, at) if claim.is_open and first else None,
        overdue=_overdue(claim, first, decision, at) if claim.is_open else "",
        no_guarantee=refused,
        confirmers=confirmers_on(ticket, at) if refused and is_open else (),
        is_asked=refused != "" and is_open and ticket.endorsements.waiting().exists(),
        held=_held(ticket, at) if is_open else "",
        next_update=proposed_after(ticket, claim, [view.clock for view in views], at),
    )


def _named(agent: Agent | None) -> Named | None:
    return Named(first_name(agent.name), full_handle(agent.name)) if agent else None


def _held(ticket: Ticket, at: datetime) -> str:
    """Return “Ana claimed this 2 minutes ago.”; "" where nobody has it."""
    if ticket.assignee is None:
        return ""
    given = ticket.events.filter(verb__in=[Verb.TAKEN, Verb.ASSIGNED]).order_by("-pk")
    since = given.values_list("at", flat=True).first()
    minutes = (at - since) // timedelta(minutes=1) if since else 0
    if minutes < 1:
        words = _("{name} claimed this just now.")
    elif minutes < HOUR:
        words = ngettext(
            "{name} claimed this {count} minute ago.",
            "{name} claimed this {count} minutes ago.",
            minutes,
        )
    else:
        words = _("{name} claimed this {length} ago.")
    length = times.span(minutes * 60)
    return words.format(name=first_name(ticket.assignee.name), count=minutes, length=length)


def reasons_against(terms: Terms | None) -> list[tuple[str, str]]:
    """Return the reasons for which a plan lets a claim be changed, as choices."""
    phrases: Sequence[Phrase] = terms.not_critical if terms else ()
    return [(phrase.key, said(phrase.says)) for phrase in phrases] or [
        ("other", _("It does not meet the rubric"))
    ]


def _no_guarantee(ticket: Ticket, first: ClockView | None) -> str:
    if first and first.clock.kind == Clock.Kind.GUARANTEE:
        return ""
    name = first_name(ticket.requester.name if ticket.requester else ticket.sender_name)
    contact = ticket.requester
    if contact and contact.product_role != contact.Role.SUPER_ADMIN:
        return _("{name} is not a Super Admin. No guarantee applies.").format(name=name)
    return _("No guarantee applies.")


def _overdue(
    claim: Claim, first: ClockView | None, decision: ClockView | None, at: datetime
) -> str:
    """“15 minutes left and no decision. Lena has been told.”"""
    if decision is None or first is None or decision.due_at > at:
        return ""
    told = Notice.objects.filter(
        ticket=claim.ticket_id, event__verb=Verb.CLOCK_MISSED, event__at=decision.due_at
    )
    names = sorted({first_name(name) for name in told.values_list("agent__name", flat=True)})
    words = _("{left} and no decision.").format(left=left_words(first.due_at, at))
    if not names:
        return words
    has = _("{name} has been told.") if len(names) == 1 else _("{name} have been told.")
    return f"{words} " + has.format(name=people(names))
