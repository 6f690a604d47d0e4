"""Keyboards that are not American, as browsers tell them; and answers that are held back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, Route

ALT, CTRL, SHIFT = 1, 2, 8
ALT_GR = ALT | CTRL  # as Windows tells it


class Press(NamedTuple):
    """What one presses: the character that comes of it, the place of the key, what is held."""

    character: str
    code: str
    held: int = 0


def presses(held: int, typed: dict[str, str]) -> list[Press]:
    return [Press(character, code, held) for character, code in typed.items()]


GERMAN = {"@": "KeyQ", "€": "KeyE", "{": "Digit7", "[": "Digit8", "]": "Digit9", "}": "Digit0"}
GERMAN |= {"\\": "Minus", "~": "BracketRight", "|": "IntlBackslash", "µ": "KeyM"}
FRENCH = {"~": "Digit2", "#": "Digit3", "{": "Digit4", "[": "Digit5", "|": "Digit6"}
FRENCH |= {"`": "Digit7", "\\": "Digit8", "^": "Digit9", "@": "Digit0", "]": "Minus"}
POLISH = {"ą": "KeyA", "ć": "KeyC", "ę": "KeyE", "ł": "KeyL", "ń": "KeyN", "ó": "KeyO"}
POLISH |= {"ś": "KeyS", "ź": "KeyX", "ż": "KeyZ", "Ł": "KeyL"}
MAC_GERMAN = {
    "@": "KeyL",
    "€": "KeyE",
    "[": "Digit5",
    "]": "Digit6",
    "|": "Digit7",
    "{": "Digit8",
}
MAC_GERMAN |= {"}": "Digit9", "®": "KeyR", "∂": "KeyD", "å": "KeyA", "†": "KeyT", "ª": "KeyH"}
MAC_FRENCH = {"æ": "KeyQ", "Â": "KeyZ", "®": "KeyR", "†": "KeyT", "ñ": "KeyN", "¡": "Digit8"}
CHORDS = [
    *presses(ALT_GR, GERMAN | FRENCH | POLISH),
    *presses(0, GERMAN | FRENCH | POLISH),  # Linux tells what comes of AltGr, and nothing held
    *presses(ALT, MAC_GERMAN | MAC_FRENCH | POLISH),
]
# Where the signs that are commands lie: on a German, a French and a Polish keyboard.
SIGNS = {
    "help": [Press("?", "Minus", SHIFT), Press("?", "KeyM", SHIFT), Press("?", "Slash", SHIFT)],
    "search": [Press("/", "Digit7", SHIFT), Press("/", "Period", SHIFT), Press("/", "Slash")],
    "triage": [Press("!", "Digit1", SHIFT), Press("!", "Slash"), Press("!", "Digit1", SHIFT)],
    "next": [Press("q", "KeyQ"), Press("q", "KeyA")],
    "assign": [Press("a", "KeyA"), Press("a", "KeyQ")],
}


class Keyboard:
    """Types as the browser tells it, with whatever layout."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def press(self, one: Press, *, writes: bool = True) -> None:
        """Press a key; it writes its character, unless only Ctrl or ⌘ is held."""
        told = {"key": one.character, "code": one.code, "modifiers": one.held}
        text = {"text": one.character} if writes else {}
        self.session.send("Input.dispatchKeyEvent", {"type": "keyDown", **told, **text})
        self.session.send("Input.dispatchKeyEvent", {"type": "keyUp", **told})


def holding(held: list[Route]) -> Callable[[Route], None]:
    """Return what keeps requests of a page waiting, in `held`."""

    def hold(route: Route) -> None:
        held.append(route)

    return hold
