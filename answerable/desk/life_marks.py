"""What else a ticket lives through: holds, appeals, merges. One line each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told, by, due_seconds
from answerable.sla.words import about_words, said
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

A_MINUTE = timedelta(minutes=1)
HELD: dict[str, Promise] = {
    "vendor": gettext_lazy("On hold by {name}: waiting for somebody of ours"),
    "third_party": gettext_lazy("On hold by {name}: waiting for a third party"),
    "scheduled": gettext_lazy("On hold by {name}: the customer asked us to wait"),
}


def _held(event: TicketEvent, told: Told) -> Mark:
    words = str(HELD[event.data["kind"]]).format(name=by(event))
    until = event.data.get("until")
    if until:
        time = due_seconds(datetime.fromisoformat(until), event, told)
        words = f"{words} · " + _("until {time}").format(time=time)
    return Mark("bars", f"{words} · {event.data['reason']}")


ENTERED: dict[str, Promise] = {
    "phone": gettext_lazy("Written down by {name}: {contact} asked by telephone"),
    "in_person": gettext_lazy("Written down by {name}: {contact} asked in person"),
    "email": gettext_lazy("Written down by {name}: {contact} asked by mail"),
}


def _entered(event: TicketEvent, told: Told) -> Mark:
    filled = gettext_lazy("Request form filled in by {name} with {contact}")
    says = str(ENTERED.get(event.data["channel"], filled))
    words = says.format(name=by(event), contact=event.contact.name if event.contact else "")
    received = datetime.fromisoformat(event.data["received_at"])
    if event.at - received < A_MINUTE:
        return Mark("pen", words)
    time = due_seconds(received, event, told)
    return Mark("pen", f"{words} · " + _("counted from {time}").format(time=time))


def _hold_ended(event: TicketEvent, told: Told) -> Mark:
    if event.agent:
        return Mark("inbox", _("Hold ended by {name}").format(name=by(event)))
    return Mark("inbox", _("Hold ended"))


def _delayed(event: TicketEvent, told: Told) -> Mark:
    words = _("Not delivered yet: {why}")
    return Mark("alert", words.format(why=event.data["why"]))


def _dismissed(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} says that this needs no answer: {reason}")
    return Mark("archive", words.format(name=by(event), reason=event.data["reason"]))


def _endorsed(event: TicketEvent, told: Told) -> Mark:
    return Mark("people", _("{name} stands behind this request").format(name=by(event)))


def _endorsement_asked(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} asks {names} to confirm this request")
    names = ", ".join(event.data["names"])
    return Mark("people", words.format(name=by(event), names=names))


def _endorsement_declined(event: TicketEvent, told: Told) -> Mark:
    return Mark("people", _("{name} does not confirm this request").format(name=by(event)))


def _handed_over(event: TicketEvent, told: Told) -> Mark:
    words = _("{to} asks in place of {before} now, says {name}")
    text = words.format(to=event.data["to"], before=event.data["from"], name=by(event))
    reason = event.data.get("reason")
    return Mark("people", f"{text} · {reason}" if reason else text)


def _customer_changed(event: TicketEvent, told: Told) -> Mark:
    was, now = event.data["from"], event.data["to"]
    words = _("It is {to}'s now, not {before}'s, says {name}")
    text = words.format(to=_whose(now), before=_whose(was), name=by(event))
    reason = event.data.get("reason")
    return Mark("people", f"{text} · {reason}" if reason else text)


def _whose(said: dict[str, str]) -> str:
    account, name = said.get("account"), said.get("name", "")
    return f"{name} ({account})" if account else name


def _another_look(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} asks for a lead to look at it: {reason}")
    return Mark("bell", words.format(name=by(event), reason=event.data["reason"]))


def _look_answered(event: TicketEvent, told: Told) -> Mark:
    words = (
        _("{name} took another look: it stays {severity}")
        if event.data["from"] == event.data["to"]
        else _("{name} took another look: it is {severity}")
    )
    severity = told.severity(event.data["to"])
    return Mark("note", words.format(name=by(event), severity=severity))


def _facts_corrected(event: TicketEvent, told: Told) -> Mark:
    was, now = (about_words(**event.data[name]) for name in ("from", "to"))
    nothing = _("nothing")
    words = _("What it is about corrected by {name}: {before} → {after} · {reason}")
    parts = [
        words.format(
            name=by(event),
            before=was or nothing,
            after=now or nothing,
            reason=event.data["reason"],
        )
    ]
    if changed := event.data.get("severity"):
        after = told.severity(changed["to"])
        parts.append(_("severity {severity} by that").format(severity=after))
    return Mark("pen", " · ".join(parts))


def _workaround(event: TicketEvent, told: Told) -> Mark:
    return Mark("tick", _("Workaround given by {name}").format(name=by(event)))


def _severity_set(event: TicketEvent, told: Told) -> Mark | None:
    severity = told.severity(event.data["to"])
    if event.data.get("waits"):
        words = _("{name} sets the severity to {severity} once the customer was told why")
    elif event.data["from"] == event.data["to"]:
        words = _("Severity set by {name}: {severity}")
    else:
        return None  # The line of the change says it.
    return Mark("diamond", words.format(name=by(event), severity=severity))


def _merged(event: TicketEvent, told: Told) -> Mark:
    words = _("#{number} was merged here by {name}. Promises of both are kept.")
    return Mark("people", words.format(number=event.data["merged"], name=by(event)))


def _unmerged(event: TicketEvent, told: Told) -> Mark:
    words = _("#{number} was taken apart again by {name}")
    return Mark("people", words.format(number=event.data["merged"], name=by(event)))


def _split(event: TicketEvent, told: Told) -> Mark:
    words = _("A message became #{number}, by {name}")
    return Mark("people", words.format(number=event.data["to"], name=by(event)))


def _claim_made(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} says that it has become business-critical: {impact}")
    impact = said(event.data["impact"])
    return Mark("diamond", words.format(name=by(event), impact=impact))


def _made_private(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} made it private: of the customer only they and whom they name see it")
    return Mark("key", words.format(name=by(event)))


def _made_shared(event: TicketEvent, told: Told) -> Mark:
    return Mark("key", _("No longer private, says {name}").format(name=by(event)))


def _named(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} lets {colleague} see it")
    return Mark("people", words.format(name=by(event), colleague=event.data["name"]))


def _unnamed(event: TicketEvent, told: Told) -> Mark:
    words = _("{colleague} takes no part any more, says {name}")
    return Mark("people", words.format(name=by(event), colleague=event.data["name"]))


def _continued(event: TicketEvent, told: Told) -> Mark:
    return Mark("archive", _("It goes on in #{number}").format(number=event.data["to"]))


LIFE_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.HELD: _held,
    Verb.HOLD_ENDED: _hold_ended,
    Verb.DELAYED: _delayed,
    Verb.DISMISSED: _dismissed,
    Verb.ENDORSED: _endorsed,
    Verb.ENDORSEMENT_ASKED: _endorsement_asked,
    Verb.ENDORSEMENT_DECLINED: _endorsement_declined,
    Verb.HANDED_OVER: _handed_over,
    Verb.CUSTOMER_CHANGED: _customer_changed,
    Verb.ANOTHER_LOOK_ASKED: _another_look,
    Verb.ANOTHER_LOOK_ANSWERED: _look_answered,
    Verb.FACTS_CORRECTED: _facts_corrected,
    Verb.WORKAROUND_GIVEN: _workaround,
    Verb.SEVERITY_SET: _severity_set,
    Verb.MERGED: _merged,
    Verb.UNMERGED: _unmerged,
    Verb.SPLIT: _split,
    Verb.CLAIM_MADE: _claim_made,
    Verb.MADE_PRIVATE: _made_private,
    Verb.MADE_SHARED: _made_shared,
    Verb.NAMED: _named,
    Verb.UNNAMED: _unnamed,
    Verb.CONTINUED: _continued,
    Verb.ENTERED: _entered,
}
