"""What a customer was asked once their ticket was resolved, and their answer. One line each."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by
from answerable.entitlements.survey_words import answer_words
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

TONES = {"good": "kept", "bad": "missed"}


def _asked(event: TicketEvent, told: Told) -> Mark:
    return Mark("pen", _("{name} was asked how it went").format(name=event.data["to"]))


def _answered(event: TicketEvent, told: Told) -> Mark:
    data = event.data
    words = (
        _("How it went, {name} says now: {answer}")
        if data["changed"]
        else _("How it went, says {name}: {answer}")
    )
    parts = [words.format(name=by(event), answer=answer_words(data["scale"], data["answer"]))]
    if data["comment"]:
        parts.append(f"“{data['comment']}”")
    if data["lead"]:
        parts.append(_("a lead is asked to read it"))
    return Mark("pen", " · ".join(parts), TONES.get(data["counts"], ""))


SURVEY_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.SURVEY_ASKED: _asked,
    Verb.SURVEY_ANSWERED: _answered,
}
