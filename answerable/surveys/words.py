"""The words of questions and answers, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from answerable.entitlements.core.survey import Survey as Rules
from answerable.entitlements.survey_words import ANSWERS
from answerable.surveys.core.asking import Why, words_for

WHY_NOT: Mapping[Why, str | Promise] = {
    Why.REOPENED: gettext_lazy("opened again"),
    Why.MERGED: gettext_lazy("merged into another"),
    Why.STRANGER: gettext_lazy("from a stranger"),
    Why.LEFT: gettext_lazy("their sender left"),
    Why.UNVERIFIED: gettext_lazy("the sender is not verified"),
    Why.PROGRAM: gettext_lazy("sent by a program"),
    Why.SILENCE: gettext_lazy("resolved because nobody answered"),
    Why.UNANSWERED: gettext_lazy("closed without a reply"),
    Why.REFUSED: gettext_lazy("the person wants no questions"),
    Why.RECENT: gettext_lazy("the person was asked lately"),
    Why.LATE: gettext_lazy("nothing could be sent for days"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers: its number from the worst, its words, and whether it is chosen."""

    value: int
    words: str
    is_chosen: bool = False


def question_of(rules: Rules) -> str:
    """Return what is asked: in the plan's words for this language, else in ours."""
    return words_for(rules, get_language() or "") or _("How did we do?")


def choices_of(rules: Rules, chosen: int = 0) -> list[Choice]:
    """Return the answers that there are, the best first."""
    words = ANSWERS[rules.scale]
    numbers = range(len(words), 0, -1)
    return [Choice(one, str(words[one - 1]), one == chosen) for one in numbers]
