"""Why a reply that waited was not sent, in words for its writer and their colleagues."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEFT, MOVED = "left", "moved"
WORDS: dict[str, Promise] = {
    LEFT: _("somebody it goes to has left the customer"),
    MOVED: _("who it was written to has another address or account now"),
}
WROTE = _("somebody wrote meanwhile")


def held_back_words(why: str) -> str:
    """Return a reason as the end of a sentence: somebody wrote, where none is known."""
    return str(WORDS.get(why, WROTE))
