"""Which of several languages a text is read in. Pure."""

from __future__ import annotations

from collections.abc import Mapping

# What is read where nothing was written in the reader's language.
USUAL = "en"


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language: the very one, its base (de of de-AT), English, or the first.

    Nothing where none was written.
    """
    wanted = (language, language.partition("-")[0], USUAL)
    found = (texts[one] for one in wanted if texts.get(one))
    return next(found, next((text for text in texts.values() if text), ""))
