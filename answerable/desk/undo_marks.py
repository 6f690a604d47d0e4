"""Lines of the timeline that say what an agent took back, or passed over."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

UNDID: dict[str, Promise] = {
    Verb.RESOLVED: gettext_lazy("{name} took back that it was resolved"),
    Verb.REOPENED: gettext_lazy("{name} took back that it was opened again"),
    Verb.TAKEN: gettext_lazy("{name} took back that they took it"),
    Verb.ASSIGNED: gettext_lazy("{name} took back the assignment"),
    Verb.HELD: gettext_lazy("{name} took back the hold"),
    Verb.HOLD_ENDED: gettext_lazy("{name} took back the end of the hold"),
    Verb.SEVERITY_CHANGED: gettext_lazy("{name} took back the change of severity"),
    Verb.CONTINUED: gettext_lazy("{name} took back the merge"),
    Verb.TAGGED: gettext_lazy("{name} took back the change of labels"),
    Verb.UNTAGGED: gettext_lazy("{name} took back the change of labels"),
    Verb.FIELDS_SET: gettext_lazy("{name} took back what was filled in"),
    Verb.PRIORITY_SET: gettext_lazy("{name} took back the priority"),
    Verb.LINKED: gettext_lazy("{name} took back the link"),
    Verb.UNLINKED: gettext_lazy("{name} took back the link"),
    Verb.SPLIT: gettext_lazy("{name} took back that it was split"),
    Verb.STATUS_SET: gettext_lazy("{name} took back the status"),
    Verb.CUSTOMER_CHANGED: gettext_lazy("{name} took back whose ticket it is"),
    Verb.HANDED_OVER: gettext_lazy("{name} took back who asks"),
    Verb.UPDATE_PROMISED: gettext_lazy("{name} took back the promise of an update"),
}
SOMETHING = gettext_lazy("{name} took back what they did last")


def _undone(event: TicketEvent, told: Told) -> Mark:
    words = UNDID.get(event.data.get("undid", ""), SOMETHING)
    return Mark("reply", str(words).format(name=by(event)))


PASSED: dict[str, Promise] = {
    "product": gettext_lazy("{name} skipped it: not their product"),
    "waits": gettext_lazy("{name} skipped it: waiting on somebody"),
    "conflict": gettext_lazy("{name} skipped it: conflict with the customer"),
    "other": gettext_lazy("{name} skipped it"),
}


def _passed_over(event: TicketEvent, told: Told) -> Mark:
    words = str(PASSED[event.data["reason"]]).format(name=by(event))
    note = event.data["note"]
    return Mark("arrow-left", f"{words} · {note}" if note else words)


UNDO_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.UNDONE: _undone,
    Verb.PASSED_OVER: _passed_over,
}
