"""What was known when a promise was decided, and the rows of the plan that nearly applied."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.eligibility import Reason, Refusal
from answerable.entitlements.core.plan import Kind, Terms
from answerable.sla.models import Clock, Decision
from answerable.sla.reasons import read_refusals, told_to_agent, told_to_customer
from answerable.sla.refused import Reader, setting_of
from answerable.sla.words import (
    about_words,
    allowed_words,
    language_names,
    metric_word,
    said,
    severity_in,
)
from answerable.tickets.models import Ticket

# A row for another severity, or one that a better one beat, could still have been this promise.
UNSAID = {Reason.OTHER_SEVERITY, Reason.LESS_SPECIFIC}


def facts_of(ticket: Ticket, decision: Decision | None, terms: Terms) -> tuple[str, ...]:
    """Return what was known of the person and the way in when it was decided, as sentences."""
    facts = decision.facts if decision else {}
    person = ticket.requester.name if ticket.requester else ticket.sender_name
    if not facts.get("known"):
        return (_("{person} was not known.").format(person=person),)
    way = terms.channels.get(ticket.channel)
    return (
        _("{person}: {facts}.").format(person=person, facts=", ".join(_about(facts))),
        _("Sent by {channel}, in {language}, as {severity}.").format(
            channel=said(way.name) if way else ticket.channel,
            language=language_names([ticket.language]),
            severity=severity_in(terms, decision.severity if decision else ticket.severity),
        ),
        *_about_what(facts),
    )


def _about_what(facts: dict[str, object]) -> Iterator[str]:
    """Yield what the request was about when it was decided, where anybody said."""
    what = about_words(*(str(facts.get(name) or "") for name in ("product", "environment")))
    if what:
        yield _("About {what}.").format(what=what)


def near_misses(decision: Decision, clock: Clock, reader: Reader) -> Iterator[str]:
    """Yield each other row of the same metric and contract with the condition that failed."""
    terms = clock.plan_version.terms
    known = {target.key for target in terms.targets}
    for refusal in read_refusals(decision.refusals):
        is_same = refusal.metric == _metric_of_rows(clock) and refusal.target in known
        if is_same and refusal.target != clock.target:
            yield _("{row}: {why}.").format(
                row=_row(terms, refusal), why=_why(refusal, decision, clock, reader)
            )


def _metric_of_rows(clock: Clock) -> str:
    """Return of which metric the rows are: a claim is decided within a first reply's share."""
    own = any(
        target.key == clock.target and target.metric == clock.metric
        for target in clock.plan_version.terms.targets
    )
    return str(clock.metric if own else Clock.Metric.FIRST_RESPONSE)


def _about(facts: dict[str, object]) -> Iterator[str]:
    roles = {
        "super_admin": _("Super Admin"),
        "admin": _("Admin"),
        "member": _("member"),
    }
    seats = {
        "paid": _("paid seat"),
        "view_only": _("view-only seat"),
        "none": _("no seat"),
    }
    role, seat = str(facts.get("role") or ""), str(facts.get("seat") or "")
    yield roles.get(role, role or _("no role"))
    yield seats.get(seat, seat or _("no seat"))
    yield _("named in a contract") if facts.get("designations") else _("named in no contract")


def _row(terms: Terms, refusal: Refusal) -> str:
    target = terms.target(str(refusal.target))
    kind = _("guaranteed") if target.kind == Kind.GUARANTEE else _("aimed for")
    severity = severity_in(terms, target.severity) if target.severity else _("any severity")
    return _("{what}, {severity}, {kind} within {within}").format(
        what=capfirst(metric_word(target.metric)),
        severity=severity,
        kind=kind,
        within=allowed_words(terms, target),
    )


def _why(refusal: Refusal, decision: Decision, clock: Clock, reader: Reader) -> str:
    said_of = setting_of(decision, refusal, clock.ticket, reader)
    words = [told_to_agent(said_of)] if reader.is_agent else told_to_customer(said_of)
    told = [word.rstrip(".") for word in words if word]
    if Reason.OTHER_SEVERITY in refusal.reasons:
        told.append(
            _("the request was {severity}").format(
                severity=severity_in(clock.plan_version.terms, decision.severity)
            )
        )
    if not told:
        told.append(_("the row that applies fits this request better"))
    return "; ".join(told)
