"""Does what a rule does, on a ticket that is held: each act by itself, by ordinary actions.

What cannot be done is left out, and says why. No promise is changed by any of it, but for that
of a severity, by the one way that there is: the plan is asked, and the customer told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.rules.actions.giving import Gone, NobodyThere, receiver_of, told_by
from answerable.rules.actions.writing import NotWritten, tell_customer
from answerable.rules.core import spec
from answerable.rules.core.reading import Act
from answerable.rules.models import Run, Webhook
from answerable.sla.actions.reclassifying import NotAllowed, reclassify
from answerable.sla.judging import is_critical
from answerable.tickets import actions as tickets
from answerable.tickets.actions import filing
from answerable.tickets.actions.noting import add_note
from answerable.tickets.core.fields import CHOICES, Unfit
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Field, Hold, Ticket, TicketEvent
from answerable.tickets.tagged import tags_known, tags_of
from answerable.tickets.undo_ways import undo_ways

PRIORITIES = {priority.name.lower(): priority for priority in Ticket.Priority}
WAYS = {
    spec.ASSIGN: "assignee",
    spec.TAG: "tags",
    spec.UNTAG: "tags",
    spec.SET_FIELD: "fields",
    spec.PRIORITY: "priority",
    spec.ESCALATE: "priority",
    spec.HOLD: "state",
    spec.RESOLVE: "state",
}
# Why an act was left out, by what kept it from being done.
REFUSED: dict[type[Exception], str] = {
    tickets.CannotHold: "cannot_hold",
    tickets.UntilMissing: "cannot_hold",
    tickets.ReasonMissing: "reason",
    tickets.Empty: "reason",
    tickets.TooLong: "too_long",
    filing.TooManyTags: "too_many_tags",
    Unfit: "unfit",
    NotAllowed: "plan",
    NobodyThere: "nobody_there",
    Gone: "gone",
}
# On what is resolved nothing is done that would begin work on it anew.
NOT_WHEN_RESOLVED = {spec.ASSIGN, spec.HOLD, spec.REPLY, spec.SEVERITY, spec.ESCALATE}


class LeftOut(Exception):
    """An act has no sense on this ticket; the text says why, as REFUSED has it."""


@dataclass(frozen=True, slots=True)
class Doing:
    """For which run acts are done, by whose rule, and when."""

    run: Run
    name: str
    owner: Agent
    at: datetime


@dataclass(frozen=True, slots=True)
class Did:
    """What came of an act: whether it was done, why not, and how it is taken back."""

    act: Act
    why: str = ""
    step: dict[str, object] | None = None

    def as_data(self) -> dict[str, object]:
        """Return it as a run keeps it."""
        said = {"kind": self.act.kind, "value": self.act.value, "words": self.act.words}
        return {**said, "ok": not self.why, "why": self.why}


def do_act(ticket: Ticket, act: Act, doing: Doing) -> Did:
    """Do one act on a ticket whose row is held, and return what came of it."""
    if act.kind in NOT_WHEN_RESOLVED and ticket.state == Ticket.State.RESOLVED:
        return Did(act, "resolved")
    way = undo_ways().get(WAYS.get(act.kind, ""))
    before = way.facts(ticket) if way else None
    try:
        with transaction.atomic():
            DOES[act.kind](ticket, act, doing)
    except (LeftOut, NotWritten) as reason:
        return Did(act, str(reason))
    except tuple(REFUSED) as error:
        return Did(act, REFUSED[type(error)])
    if way is None:
        return Did(act)
    after = way.facts(Ticket.objects.get(pk=ticket.pk))
    return Did(act, step={"way": WAYS[act.kind], "before": before, "after": after})


def _assign(ticket: Ticket, act: Act, doing: Doing) -> None:
    if _is_with_team(ticket, act.value):
        raise LeftOut("already")
    to = receiver_of(ticket, act.value, doing.at)
    if ticket.assignee_id == (to.pk if to else None):
        raise LeftOut("already")
    tickets.assign(ticket, to=to, agent=None, at=doing.at)


def _is_with_team(ticket: Ticket, value: str) -> bool:
    """Say whether somebody of the team that is to have a ticket has it."""
    if not value.startswith(spec.TEAM) or ticket.assignee is None:
        return False
    key = value.removeprefix(spec.TEAM).partition(":")[0]
    return ticket.assignee.teams.filter(key=key).exists()


def _tag(ticket: Ticket, act: Act, doing: Doing) -> None:
    tags = tags_known([act.value])
    if not tags:
        raise Gone
    if not filing.tag_ticket(ticket, tags, agent=None, at=doing.at):
        raise LeftOut("already")


def _untag(ticket: Ticket, act: Act, doing: Doing) -> None:
    tags = [tag for tag in tags_of(ticket) if tag.slug == act.value]
    if not filing.untag_ticket(ticket, tags, agent=None, at=doing.at):
        raise LeftOut("already")


def _set_field(ticket: Ticket, act: Act, doing: Doing) -> None:
    field = Field.objects.in_use().filter(key=act.value).first()
    if field is None:
        raise Gone
    said = act.words.split(",") if field.kind == CHOICES else act.words
    if not filing.set_fields(ticket, {field: said}, agent=None, at=doing.at):
        raise LeftOut("already")


def _priority(ticket: Ticket, act: Act, doing: Doing) -> None:
    priority = PRIORITIES.get(act.value)
    if priority is None:
        raise Gone
    if filing.set_priority(ticket, priority, agent=None, at=doing.at) == priority:
        raise LeftOut("already")


def _hold(ticket: Ticket, act: Act, doing: Doing) -> None:
    """Let it wait for somebody of ours: no other kind of hold may stop a clock by a rule."""
    if ticket.state == Ticket.State.HELD:
        raise LeftOut("already")
    tickets.put_on_hold(
        ticket,
        kind=Hold.Kind.VENDOR,
        reason=act.words,
        until=doing.at + timedelta(minutes=act.minutes),
        agent=None,
        at=doing.at,
    )


def _note(ticket: Ticket, act: Act, doing: Doing) -> None:
    add_note(ticket, agent=None, body=act.words, at=doing.at, sender=doing.name)


def _reply(ticket: Ticket, act: Act, doing: Doing) -> None:
    tell_customer(ticket, act.value, rule=doing.run.rule_id, at=doing.at)


def _notify(ticket: Ticket, act: Act, doing: Doing) -> None:
    told = told_by(ticket, act.value)
    if not told:
        raise NobodyThere
    _tell(ticket, told, act.words, doing)


def _follow(ticket: Ticket, act: Act, doing: Doing) -> None:
    """Say who is to follow it: who keeps what people follow reads it in the log."""
    people = [one for one in told_by(ticket, act.value) if one.pk != ticket.assignee_id]
    if not people:
        raise NobodyThere
    _say(ticket, Verb.RULE_FOLLOWS, people, "", doing)


def _escalate(ticket: Ticket, act: Act, doing: Doing) -> None:
    filing.set_priority(ticket, Ticket.Priority.URGENT, agent=None, at=doing.at)
    _tell(ticket, told_by(ticket, spec.LEADS), act.words, doing)


def _tell(ticket: Ticket, told: list[Agent], words: str, doing: Doing) -> None:
    _say(ticket, Verb.RULE_TOLD, told, words, doing)


def _say(ticket: Ticket, verb: Verb, told: list[Agent], words: str, doing: Doing) -> None:
    data = {
        "to": [agent.pk for agent in told],
        "names": [agent.name for agent in told],
        "name": doing.name,
        "words": words,
    }
    record(TicketEvent(ticket=ticket, verb=verb, at=doing.at, data=data))


def _webhook(ticket: Ticket, act: Act, doing: Doing) -> None:
    body = {
        "rule": doing.name,
        "ticket": ticket.pk,
        "subject": ticket.subject,
        "state": ticket.state,
        "severity": ticket.severity,
        "priority": ticket.priority,
        "customer": ticket.customer.name if ticket.customer else "",
        "at": doing.at.isoformat(),
    }
    Webhook.objects.create(run=doing.run, url=act.value, body=body, next_at=doing.at)


def _severity(ticket: Ticket, act: Act, doing: Doing) -> None:
    """Change it as the rule's owner would: the plan says whether, the customer hears why."""
    if ticket.severity == act.value:
        raise LeftOut("already")
    reclassify(ticket, act.value, by=doing.owner, reason=act.words, at=doing.at)


def _resolve(ticket: Ticket, act: Act, doing: Doing) -> None:
    if ticket.state == Ticket.State.RESOLVED:
        raise LeftOut("already")
    if ticket.state == Ticket.State.REVIEW:
        raise LeftOut("review")
    if is_critical(ticket):
        # A critical ticket is never resolved without a person (domain.md E58).
        raise LeftOut("critical")
    tickets.resolve(ticket, agent=None, contact=None, reason=act.words, at=doing.at)


DOES: dict[str, Callable[[Ticket, Act, Doing], None]] = {
    spec.ASSIGN: _assign,
    spec.TAG: _tag,
    spec.UNTAG: _untag,
    spec.SET_FIELD: _set_field,
    spec.PRIORITY: _priority,
    spec.HOLD: _hold,
    spec.NOTE: _note,
    spec.REPLY: _reply,
    spec.NOTIFY: _notify,
    spec.FOLLOW: _follow,
    spec.WEBHOOK: _webhook,
    spec.SEVERITY: _severity,
    spec.RESOLVE: _resolve,
    spec.ESCALATE: _escalate,
}
