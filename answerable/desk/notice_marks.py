"""What became of the steps of ladders, in words of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told
from answerable.notices.outcomes import why_words
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

WAYS: Mapping[str, Promise] = {
    "card": gettext_lazy("{name} by a card"),
    "push": gettext_lazy("{name} by a push message"),
    "phone": gettext_lazy("{name} by telephone"),
    "sms": gettext_lazy("{name} by text message"),
    "webhook": gettext_lazy("{name} by a webhook"),
}


def _ladder_told(event: TicketEvent, told: Told) -> Mark:
    each = event.data["told"]
    reached = [_one(one) for one in each if one["delivered"]]
    missed = [f"{_one(one)} ({why_words(one['why'])})" for one in each if not one["delivered"]]
    percent = event.data["percent"]
    if not reached:
        words = _("The step at {percent} % reached nobody: {names}")
        return Mark("alert", words.format(percent=percent, names=_list(missed)), "missed")
    words = _("The step at {percent} % reached {names}")
    said = words.format(percent=percent, names=_list(reached))
    if missed:
        others = _("not reached: {names}").format(names=_list(missed))
        said = f"{said}; {others}"
    return Mark("bell", said)


def _one(one: Mapping[str, Any]) -> str:
    return str(WAYS[one["way"]]).format(name=one["name"])


def _list(names: list[str]) -> str:
    return ", ".join(names) or _("nobody was named")


NOTICE_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.LADDER_TOLD: _ladder_told,
}
