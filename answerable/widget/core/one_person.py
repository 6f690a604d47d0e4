"""Does a text read as if one person had the trouble? A hint, and never more than that. Pure."""

from __future__ import annotations

import re

ONE = re.compile(
    r"\b(how (do|can|to)\b.{0,20}|only (me|i)\b|just me\b|my (own )?(account|laptop|computer"
    r"|browser|profile|password)\b|one (user|person|colleague)\b"
    r"|wie kann ich\b|nur (ich|bei mir)\b|mein (konto|rechner|passwort|browser)\b"
    r"|eine? (person|kollegin|kollege|benutzer)\b)",
    re.IGNORECASE,
)
MANY = re.compile(
    r"\b(all|every(one|body)?|nobody|no one|whole|entire|our (users|customers|team|company)"
    r"|alle[rn]?|niemand|keiner|gesamte[rsn]?|unsere (kunden|nutzer))\b",
    re.IGNORECASE,
)


def sounds_like_one(text: str) -> bool:
    """Say whether a text speaks of one person's trouble, and nowhere of everybody's."""
    return bool(ONE.search(text)) and not MANY.search(text)
