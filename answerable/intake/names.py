"""Names in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _


def either(names: Sequence[str]) -> str:
    """Return names of whom one is enough: “Dana Wolf or Kim Park”."""
    *first, last = names
    return _("{names} or {last}").format(names=", ".join(first), last=last) if first else last
