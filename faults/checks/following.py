"""Each line of tickets' logs was followed once: by rules, by notices, by surveys, by search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count
from django.utils.timezone import now

from answerable.channels.email.models import OutgoingMail
from answerable.notices.models import Delivery, Receiver, Step
from answerable.rules.models import Rule, Run
from answerable.search.models import Document
from answerable.sla.judging import pinned_by
from answerable.surveys.models import Survey
from answerable.tickets.events import Verb
from answerable.tickets.following import lags
from answerable.tickets.models import Message, ParkedLine, Ticket, TicketEvent
from faults.checks.evidence import Checked, Evidence

State = Delivery.State
SOON = timedelta(minutes=3)


def check(evidence: Evidence) -> Checked:
    """Compare what followers did with the log that they followed."""
    checked = Checked("Each line of a log was followed once, by all that follow it")
    for lag in lags(now()):
        behind = f"{lag.name} is {lag.lines} lines behind, with {lag.gaps} numbers missing."
        checked.find(bool(lag.lines or lag.gaps), behind)
    for parked in ParkedLine.objects.order_by("pk"):
        checked.findings.append(f"{parked.name} parked line {parked.event_id}: {parked.why}")
    _rules(checked)
    _notices(checked, evidence)
    _surveys(checked)
    searched = Ticket.objects.filter(search_document=None).count()
    checked.find(bool(searched), f"{searched} tickets are not in the index.")
    checked.cases += Document.objects.count()
    return checked


def _rules(checked: Checked) -> None:
    rule = Rule.objects.get()
    lines = TicketEvent.objects.filter(verb=Verb.ANSWERED, pk__gt=rule.since)
    wanted = Counter(f"e{number}" for number in lines.values_list("pk", flat=True))
    had = Counter(Run.objects.filter(rule=rule).values_list("occasion", flat=True))
    checked.cases += len(wanted)
    for occasion in sorted((wanted - had) | (had - wanted)):
        checked.findings.append(f"Rules had {had[occasion]} runs for line {occasion[1:]}.")
    acted = Run.objects.filter(rule=rule, acts=1).count()
    notes = Message.objects.filter(kind=Message.Kind.NOTE).count()
    checked.find(acted != notes, f"{acted} runs wrote {notes} notes.")
    outcomes = Counter(Run.objects.values_list("outcome", flat=True))
    checked.notes.append(f"Rules: {_listed(outcomes)} of {len(wanted)} replies.")


def _notices(checked: Checked, evidence: Evidence) -> None:
    receiver = Receiver.objects.get()
    missed = TicketEvent.objects.filter(
        verb=Verb.CLOCK_MISSED, data__kind="guarantee", at__gte=receiver.made_at
    )
    rows = Delivery.objects.filter(receiver=receiver)
    for verb, lines in (
        ("a miss", missed),
        ("a step", TicketEvent.objects.filter(verb=Verb.ESCALATED)),
    ):
        told = Counter(rows.filter(event__in=lines).values_list("event", flat=True))
        numbers = list(lines.values_list("pk", flat=True))
        checked.cases += len(numbers)
        for number in numbers:
            checked.find(
                told[number] != 1, f"Of {verb} ({number}) was told {told[number]} times"
            )
    steps = TicketEvent.objects.filter(verb=Verb.ESCALATED).count()
    checked.find(Step.objects.count() != steps, f"{steps} steps are not all kept.")
    _heard(checked, evidence, rows.filter(state=State.DELIVERED).values_list("pk", flat=True))
    states = Counter(rows.values_list("state", flat=True))
    checked.notes.append(f"Webhooks: {_listed(states)}.")


def _heard(checked: Checked, evidence: Evidence, delivered: Iterable[int]) -> None:
    """Look whether what we think was delivered was taken, and how much came once more."""
    taken = evidence.taken
    for number in delivered:
        key = f"answerable-{number}"
        checked.find(not taken[key], f"Delivery {number} was not taken by its receiver.")
    again = sum(times - 1 for times in taken.values())
    checked.notes.append(
        f"The receiver took {taken.total()} webhooks; {again} came once more, under the same"
        " key, as the watch or worker that had sent them was killed."
    )


def _surveys(checked: Checked) -> None:
    resolved = TicketEvent.objects.filter(verb=Verb.RESOLVED, ticket__requester__isnull=False)
    lines = {event.pk for event in resolved.order_by("pk") if _is_asked_about(event.ticket_id)}
    planned = set(Survey.objects.values_list("resolved", flat=True))
    checked.cases += len(lines)
    for number in sorted(lines ^ planned):
        checked.findings.append(f"Line {number} and the surveys do not agree.")
    waiting = Survey.objects.filter(wake_at__lt=now() - SOON).count()
    checked.find(bool(waiting), f"{waiting} surveys were due and nobody was asked.")
    asked = TicketEvent.objects.filter(verb=Verb.SURVEY_ASKED).values("data__survey")
    for row in asked.annotate(many=Count("pk")).filter(many__gt=1).order_by("data__survey"):
        checked.findings.append(f"Survey {row['data__survey']} was asked {row['many']} times.")
    mails = OutgoingMail.objects.filter(cause__startswith="notice survey").count()
    was_asked = Survey.objects.asked().count()
    checked.find(mails != was_asked, f"{was_asked} were asked, by {mails} mails.")
    left = Counter(Survey.objects.values_list("left_out", flat=True))
    checked.notes.append(f"Surveys: {was_asked} asked; left out: {_listed(left)}.")


def _is_asked_about(ticket: int) -> bool:
    pinned = pinned_by(ticket)
    rules = pinned.terms.survey if pinned and pinned.version and pinned.terms else None
    return bool(rules and rules.ask)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{many} {what or 'none'}" for what, many in counts.most_common())
