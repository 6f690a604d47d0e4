"""The words of mails that tell agents of unverified senders, parked replies, later claims,
lines in which nobody is served, calls without a summary, and how customers say it went."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.entitlements.survey_words import answer_words
from answerable.tickets.doubts import doubt_words
from answerable.tickets.events import rule_behind
from answerable.tickets.held_back import held_back_words
from answerable.tickets.models import TicketEvent
from answerable.tickets.parked import parked_words

Verb = TicketEvent.Verb
COLLEAGUES = {
    Verb.NOTED,
    Verb.REPLY_PREPARED,
    Verb.REPLY_RETURNED,
    Verb.REPLY_OVERTAKEN,
}
ALERTS = COLLEAGUES | {
    Verb.WROTE,
    Verb.REPLY_PARKED,
    Verb.CLAIM_MADE,
    Verb.OFFERED,
    Verb.CALL_UNNOTED,
    Verb.SIDE_ANSWERED,
    Verb.RULE_TOLD,
    Verb.RULE_HALTED,
    Verb.SURVEY_ANSWERED,
}
LONGEST_NOTE = 500


def alert(event: TicketEvent) -> tuple[str, str]:
    """Return the subject of a mail about an event, and the line that says why it is sent."""
    if event.verb == Verb.WROTE:
        why = doubt_words(event.message) if event.message else ""
        return _("Somebody wrote who is not verified"), _("Not verified: {why}").format(why=why)
    if event.verb == Verb.CLAIM_MADE:
        return _("A request has become business-critical"), _(event.data["impact"])
    if event.verb == Verb.OFFERED:
        return _nobody(event.data["kind"])
    if event.verb == Verb.CALL_UNNOTED:
        says = _("Write down what was said, so that a colleague can go on from there.")
        return _("Your call has no summary"), says
    if event.verb in COLLEAGUES:
        return _of_a_colleague(event)
    return OTHERS.get(event.verb, _parked)(event)


def _of_a_third_party(event: TicketEvent) -> tuple[str, str]:
    says = _("{name} answered “{subject}”")
    said = says.format(name=event.data["who"], subject=event.data["subject"])
    return _("An answer in a side conversation"), said


def _of_a_rule(event: TicketEvent) -> tuple[str, str]:
    """Return what a rule tells, or that it was stopped on a ticket."""
    name = event.data["name"]
    if event.verb == Verb.RULE_TOLD:
        told = _("A rule tells you of a request: {rule}").format(rule=name)
        return told, str(event.data["words"])
    says = _(
        "Rules did more there than they may in an hour. See the log of rules in the office."
    )
    return _("A rule was stopped: {rule}").format(rule=name), says


def _of_an_answer(event: TicketEvent) -> tuple[str, str]:
    """Return what a customer said of how it went, once their request was resolved."""
    answer = answer_words(event.data["scale"], event.data["answer"])
    subject = (
        _("How it went: {answer}. A lead is asked to read it")
        if event.data["lead"]
        else _("How it went: {answer}")
    )
    return subject.format(answer=answer), str(event.data["comment"])


def _parked(event: TicketEvent) -> tuple[str, str]:
    is_note = event.data["mode"] == "note"
    subject = _("Your note was not added") if is_note else _("Your reply was not sent")
    kept = _("It is kept as your draft: {why}.")
    return subject, kept.format(why=parked_words(event.data["why"]))


def _of_a_colleague(event: TicketEvent) -> tuple[str, str]:
    """Return what a colleague asks, or what became of a reply that waited."""
    name = event.agent.name if event.agent else rule_behind(event)
    if event.verb == Verb.NOTED:
        note = event.message.body[:LONGEST_NOTE] if event.message else ""
        return _("{name} mentions you in a note").format(name=name), note
    if event.verb == Verb.REPLY_PREPARED:
        says = _("It is sent once you approve it. The promise runs meanwhile.")
        if event.ticket.is_unsent:
            says = _("It is sent once you approve it.")
        return _("{name} asks you to read a reply").format(name=name), says
    if event.verb == Verb.REPLY_RETURNED:
        words = str(event.data["words"])
        return _("{name} sent your reply back").format(name=name), words
    kept = _("It is kept as your draft: {why}.")
    says = kept.format(why=held_back_words(event.data.get("why", "")))
    return _("Your planned reply was not sent"), says


OTHERS: dict[str, Callable[[TicketEvent], tuple[str, str]]] = {
    Verb.SIDE_ANSWERED: _of_a_third_party,
    Verb.SURVEY_ANSWERED: _of_an_answer,
    Verb.RULE_TOLD: _of_a_rule,
    Verb.RULE_HALTED: _of_a_rule,
}


def _nobody(kind: str) -> tuple[str, str]:
    """Return that a customer waits and that nobody is there for them."""
    if kind == "chat":
        return _("No one can take chats"), _("A customer waits in a chat, and no one is there.")
    return _("No one can take calls"), _("A customer waits for a call, and no one is there.")


def how_to_answer() -> str:
    """Return the line that says what an answer to a notification does."""
    return _(
        "Reply to this mail to answer the customer. Begin with #note to write a note instead."
    )
