"""What is wrong with the links that somebody writes, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.knowledge.linking import asked, why
from answerable.lib.markdown import BARE, without_trailing

MOST_LINKS = 5
UNSAFE = re.compile(r"\]\(\s*((?!https?:|mailto:)[a-z][a-z0-9+.\-]*:[^)\s]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrongLink:
    """A link, and what is wrong with it."""

    target: str
    why: str


def wrong_links(text: str) -> list[WrongLink]:
    """Return the links of a text that lead nowhere or are no safe ones, at most five asked."""
    targets = dict.fromkeys(without_trailing(found) for found in BARE.findall(text))
    wrong = [WrongLink(m[:120], _("It is no address of a page")) for m in UNSAFE.findall(text)]
    for target in list(targets)[:MOST_LINKS]:
        judged = asked(target)
        if judged.reason:
            wrong.append(WrongLink(target[:120], why(judged.reason, judged.values or {})))
    return wrong
