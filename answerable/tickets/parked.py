"""Why an agent's reply by mail was kept as a draft, in words for that agent."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "newer": _("somebody wrote on the ticket meanwhile"),
    "files": _("it brought files, which go out from the desk only"),
    "quotes": _("it holds what we wrote to you, and not to the customer"),
    "review": _("the ticket is to be let in first"),
    "empty": _("it says nothing"),
    "long": _("it is too long"),
}
UNSURE = _("it is not sure that it came from you")


def parked_words(why: str) -> str:
    """Return a reason as the end of a sentence."""
    return str(WORDS.get(why, UNSURE))
