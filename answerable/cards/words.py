"""Why a system gave no account card: a reason that is kept, and its words in each language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from answerable.lib.outbound import words as outbound

WORDS = {
    "json": gettext_lazy("The answer is no JSON in UTF-8."),
    "object": gettext_lazy("An object { } is needed here."),
    "list": gettext_lazy("A list [ ] is needed here."),
    "many": gettext_lazy("There are more than {limit} here."),
    "type": gettext_lazy("There is no such type. Known are: {known}."),
    "tone": gettext_lazy("There is no such tone. Known are: {known}."),
    "text": gettext_lazy("A text is needed here."),
    "empty": gettext_lazy("The text is empty."),
    "long": gettext_lazy("The text is longer than {limit} characters."),
    "url": gettext_lazy(
        "A link must begin with https://, with a host, and without a name or password."
    ),
    "truth": gettext_lazy("Here it says true or false."),
    "time": gettext_lazy("A time is written like 2026-11-26T14:10:00Z, with its zone."),
    "answer_big": gettext_lazy("The answer is longer than {limit} kB."),
    "sealed": gettext_lazy(
        "Its secret cannot be read any more: the installation has another secret key. "
        "Enter the secret anew."
    ),
}


def why(reason: str, values: Mapping[str, str]) -> str:
    """Return why there is no card, in the reader's language; where in the answer, if it is
    known."""
    if reason not in WORDS:
        return outbound.why(reason, values)
    words = str(WORDS[reason]).format(**values)
    place = values.get("place", "")
    return f"{place}: {words}" if place else words
