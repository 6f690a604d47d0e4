"""What a forecast is made from, as names and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from answerable.wallboard.coming_words import weeks_words


def input_rows(inputs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return each input with its name, in the order in which they matter."""
    weeks = ", ".join(str(count) for count in inputs["weeks"]) or _("none")
    minutes = _("{number} min")
    return [
        (_("Promises that fall due in the hour"), str(inputs["due"])),
        (_("Of these with somebody who is not there"), str(inputs["stuck"])),
        (_("More urgent or late tickets beside them"), str(inputs["beside"])),
        (_("People who are there for tickets"), str(inputs["there"])),
        (_("A reply usually takes"), minutes.format(number=localize(inputs["usual"]))),
        (_("A call usually takes"), minutes.format(number=localize(inputs["call_takes"]))),
        (
            _("Chats and calls take of everybody together"),
            minutes.format(number=localize(inputs["live"])),
        ),
        (
            _("Same hour of the last {weeks}").format(weeks=weeks_words(len(inputs["weeks"]))),
            weeks,
        ),
    ]
