"""What became of a delivery when it was tried, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.notices.core.trying import Came

WHY: dict[str, Promise] = {
    "no_number": gettext_lazy("No telephone number is known"),
    "no_telephone": gettext_lazy("No telephone is set up"),
    "not_there": gettext_lazy("No page was open"),
    "sealed": gettext_lazy("Its key was sealed with another secret key"),
    "off": gettext_lazy("The receiver is off"),
    "gone": gettext_lazy("The browser takes no more messages"),
    "no_answer": gettext_lazy("Nobody answered"),
    "stumbled": gettext_lazy("It could not be sent: the log of watch says why"),
    "stopped": gettext_lazy("The number takes no more text messages"),
    "over": gettext_lazy("It was no news any more"),
    "unreadable": gettext_lazy("The browser's keys cannot be used"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it came to, and what was answered: a word of WHY, or the other side's own words."""

    came: Came
    answer: str = ""
    rings: bool = False


def why_words(answer: str) -> str:
    """Return an answer in the reader's language; what others said stays as it is."""
    return str(WHY[answer]) if answer in WHY else answer


def status_words(status: int, body: bytes) -> str:
    """Return what the other side answered: “202: ok”."""
    said = " ".join(body[:600].decode(errors="replace").split())[:200]
    return f"{status}: {said}" if said else _("Status {status}").format(status=status)
