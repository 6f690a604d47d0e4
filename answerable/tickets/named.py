"""Names that a vendor gives in several languages, as a reader's language has them."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language


def name_in(names: Mapping[str, str], language: str | None = None) -> str:
    """Return a name in a language, by default the reader's; else in ours, else any there is."""
    asked = language or get_language() or settings.LANGUAGE_CODE
    for code in (asked, asked.split("-", 1)[0], settings.LANGUAGE_CODE):
        if names.get(code):
            return names[code]
    return next((name for name in names.values() if name), "")
