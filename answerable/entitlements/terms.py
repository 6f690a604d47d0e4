"""The terms of published versions, read once a process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import published_terms

_read: dict[int, tuple[Mapping[str, Any], Terms]] = {}


def known_terms(version: int) -> Terms | None:
    """Return the terms of a version that this process has read, or None."""
    known = _read.get(version)
    return known[1] if known else None


def terms_of(version: int, document: Mapping[str, Any]) -> Terms:
    """Return a version's document as terms.

    The document is compared, so that a test database which gives a number anew is no trap.
    """
    known = _read.get(version)
    if known and known[0] == document:
        return known[1]
    terms = published_terms(document)
    _read[version] = (document, terms)
    return terms
