"""The caps of keys as they are called on the reader's keyboard."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.desk.keys import caps_of

MAC = "\N{PLACE OF INTEREST SIGN}"
CAPS: dict[str, Promise | str] = {
    "Mod": _("Ctrl"),
    "Escape": _("Esc"),
    "PageDown": _("Page Down"),
    "PageUp": _("Page Up"),
    "Home": _("Home"),
    "End": _("End"),
    "Enter": _("Enter"),
    "Backspace": _("Backspace"),
    "Space": _("Space"),
    "Shift": "⇧",
}
# Beside the words of a button a sign is enough.
SIGNS: dict[str, Promise | str] = {"Enter": "↵"}


def cap_names(typed: str, *, is_mac: bool, signs: bool = False) -> list[Promise | str]:
    """Return the caps that are pressed together or after each other; none for no key.

    A capital letter is said as the shift key and its letter. With `signs` they are short.
    """
    names = CAPS | ({"Mod": MAC} if is_mac else {}) | (SIGNS if signs else {})
    return [names.get(part, part) for part in _parts(typed)] if typed else []


def is_of_mac(request: HttpRequest) -> bool:
    """Say whether a page is asked for by a Mac, whose command key does what Ctrl does."""
    return "Macintosh" in request.headers.get("User-Agent", "")


def _parts(typed: str) -> list[str]:
    parts = [part for cap in caps_of(typed) for part in _with_shift(cap)]
    return [part.upper() if len(part) == 1 else part for part in parts]


def _with_shift(cap: str) -> list[str]:
    is_capital = len(cap) == 1 and cap.isalpha() and cap != cap.lower()
    return ["⇧", cap] if is_capital else [cap]
