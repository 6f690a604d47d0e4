"""The answers of each scale in words, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# The worst first.
ANSWERS: Mapping[str, Sequence[str | Promise]] = {
    "two": (gettext_lazy("Bad"), gettext_lazy("Good")),
    "three": (gettext_lazy("Bad"), gettext_lazy("All right"), gettext_lazy("Good")),
    "five": (
        gettext_lazy("Very bad"),
        gettext_lazy("Bad"),
        gettext_lazy("All right"),
        gettext_lazy("Good"),
        gettext_lazy("Very good"),
    ),
}


def answer_words(scale: str, answer: int) -> str:
    """Return an answer in words, from 1, the worst of its scale."""
    return str(ANSWERS[scale][answer - 1])
