"""What happened to a ticket, one line each, in the words of ux.md 8.4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.desk.call_marks import CALL_WORDS
from answerable.desk.chat_marks import CHAT_WORDS
from answerable.desk.claim_marks import CLAIM_WORDS
from answerable.desk.clock_marks import CLOCK_WORDS
from answerable.desk.filing_marks import FILING_WORDS
from answerable.desk.incident_marks import INCIDENT_WORDS
from answerable.desk.life_marks import LIFE_WORDS
from answerable.desk.mail_marks import MAIL_WORDS
from answerable.desk.notice_marks import NOTICE_WORDS
from answerable.desk.offer_marks import OFFER_WORDS
from answerable.desk.post_mortem_marks import POST_MORTEM_WORDS
from answerable.desk.prepared_marks import PREPARED_WORDS
from answerable.desk.removed_marks import REMOVED_WORDS
from answerable.desk.rule_marks import RULE_WORDS
from answerable.desk.side_marks import SIDE_WORDS
from answerable.desk.survey_marks import SURVEY_WORDS
from answerable.desk.told import Mark, Told, by, due_seconds
from answerable.desk.undo_marks import UNDO_WORDS
from answerable.desk.words import people
from answerable.sla.words import said
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

__all__ = ["WORDS", "Mark", "Told", "mark_of", "taken_back"]


def mark_of(event: TicketEvent, told: Told) -> Mark | None:
    """Return the line that says what happened, or None for what another line says."""
    words = WORDS.get(event.verb)
    return words(event, told) if words else None


def _promised(event: TicketEvent, told: Told) -> Mark | None:
    return None if event.data.get("kind") else Mark("circle", _("No promise applies"))


def _escalated(event: TicketEvent, told: Told) -> Mark:
    names = told.names.get(event.pk, [])
    if not names:
        words = _("Unclaimed at {percent} % of the promise: nobody could be told")
        return Mark("alert", words.format(percent=event.data["percent"]), "missed")
    if not event.data["percent"]:
        return Mark("bell", _("Offered to {names}").format(names=people(names)))
    words = _("Unclaimed at {percent} % of the promise: told {names}")
    return Mark("bell", words.format(percent=event.data["percent"], names=people(names)))


def _ladder_stopped(event: TicketEvent, told: Told) -> Mark:
    return Mark("bell", _("Claimed by {name}; nobody else is told").format(name=by(event)))


def _ladder_resumed(event: TicketEvent, told: Told) -> Mark:
    following = datetime.fromisoformat(event.data["next_at"])
    words = _("Unclaimed again; the next people are told at {time}")
    return Mark("bell", words.format(time=due_seconds(following, event, told)))


def _taken(event: TicketEvent, told: Told) -> Mark:
    return Mark("person", _("Taken by {name}").format(name=by(event)))


def _assigned(event: TicketEvent, told: Told) -> Mark:
    if not event.data["to"]:
        words = _("Put back into the queue by {name}")
        return Mark("person", words.format(name=by(event)))
    words = _("Assigned to {to} by {name}")
    return Mark("person", words.format(to=event.data["to"], name=by(event)))


def _admitted(event: TicketEvent, told: Told) -> Mark:
    if event.data.get("as"):
        words = _("Let in as {contact} by {name}")
        return Mark("people", words.format(contact=event.data["as"], name=by(event)))
    return Mark("people", _("Let in by {name}").format(name=by(event)))


def _resolved(event: TicketEvent, told: Told) -> Mark:
    words = _("Resolved by {name}").format(name=by(event))
    return Mark("archive", ": ".join(w for w in (words, event.data.get("reason", "")) if w))


def _reopened(event: TicketEvent, told: Told) -> Mark:
    return Mark("inbox", _("Opened again by {name}").format(name=by(event)))


def _confirmed(event: TicketEvent, told: Told) -> Mark:
    return Mark("diamond", _("Confirmed business-critical by {name}").format(name=by(event)))


def _changed(event: TicketEvent, told: Told) -> Mark:
    words = _("Decided standard by {name}").format(name=by(event))
    return Mark("diamond", f"{words}: {said(told.reason)}" if told.reason else words)


def _severity(event: TicketEvent, told: Told) -> Mark:
    words = (
        _("Severity {before} → {after} by {name} · reason shown to customer")
        if event.data.get("told", True)
        else _("Severity {before} → {after} by {name}")
    )
    return Mark(
        "diamond",
        words.format(
            before=told.severity(event.data["from"]),
            after=told.severity(event.data["to"]),
            name=by(event),
        ),
    )


def _excused(event: TicketEvent, told: Told) -> Mark:
    words = _("Miss excused by {name}: {says}. {words}")
    return Mark("note", _said_of_miss(words, event))


def taken_back(event: TicketEvent) -> Mark:
    """Return what stands in place of a reply that never left."""
    words = _("Reply taken back by {name} before it left")
    return Mark("reply", words.format(name=by(event)))


def _appealed(event: TicketEvent, told: Told) -> Mark:
    return Mark("alert", _said_of_miss(_("{name} asks for another look: {words}"), event))


def _appeal_decided(event: TicketEvent, told: Told) -> Mark:
    if event.data["upheld"]:
        words = _("Appeal granted by {name}, the promise counts as missed: {words}")
        return Mark("cross", _said_of_miss(words, event), "missed")
    words = _("Appeal refused by {name}, the exception stands: {words}")
    return Mark("note", _said_of_miss(words, event))


def _commented(event: TicketEvent, told: Told) -> Mark:
    return Mark("pen", _said_of_miss(_("Said of the miss by {name}: {words}"), event))


def _said_of_miss(words: str, event: TicketEvent) -> str:
    says = said(event.data.get("says", ""))
    return words.format(name=by(event), says=says, words=event.data["words"])


WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    **CALL_WORDS,
    **CHAT_WORDS,
    **CLAIM_WORDS,
    **CLOCK_WORDS,
    **INCIDENT_WORDS,
    **UNDO_WORDS,
    **FILING_WORDS,
    **LIFE_WORDS,
    **MAIL_WORDS,
    **NOTICE_WORDS,
    **OFFER_WORDS,
    **SIDE_WORDS,
    **RULE_WORDS,
    **PREPARED_WORDS,
    **SURVEY_WORDS,
    **REMOVED_WORDS,
    **POST_MORTEM_WORDS,
    Verb.PROMISED: _promised,
    Verb.ESCALATED: _escalated,
    Verb.LADDER_STOPPED: _ladder_stopped,
    Verb.LADDER_RESUMED: _ladder_resumed,
    Verb.TAKEN: _taken,
    Verb.ASSIGNED: _assigned,
    Verb.ADMITTED: _admitted,
    Verb.RESOLVED: _resolved,
    Verb.REOPENED: _reopened,
    Verb.CLAIM_CONFIRMED: _confirmed,
    Verb.CLAIM_CHANGED: _changed,
    Verb.SEVERITY_CHANGED: _severity,
    Verb.EXCUSED: _excused,
    Verb.APPEALED: _appealed,
    Verb.APPEAL_DECIDED: _appeal_decided,
    Verb.MISS_COMMENTED: _commented,
}
