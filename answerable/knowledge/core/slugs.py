"""Words of addresses: what an article, or a heading of one, is called in an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 100
# How German is written without its own letters; accents of other languages are dropped.
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o"})
OTHER = re.compile(r"[^a-z0-9]+")


def slug_of(words: str, otherwise: str = "article") -> str:
    """Return “contact-premium-support” for “Contact Premium Support”.

    Words without a Latin letter give `otherwise`.
    """
    composed = unicodedata.normalize("NFC", words).lower()
    plain = unicodedata.normalize("NFKD", composed.translate(SPELLED))
    ascii_only = plain.encode("ascii", "ignore").decode()
    slug = OTHER.sub("-", ascii_only).strip("-")
    return slug[:LONGEST].rstrip("-") or otherwise


def free_slug(slug: str, taken: Container[str]) -> str:
    """Return the slug, with “-2”, “-3” and so on after it where it is taken."""
    if slug not in taken:
        return slug
    return next(name for n in count(2) if (name := f"{slug}-{n}") not in taken)
