"""The widget's scripts as they are served: put together once, with their compressed forms."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.widget.core.assembling import one_module, one_style_sheet, tokens_for

OURS = Path(__file__).parent / "static" / "widget"
VOICE = Path(__file__).parents[1] / "channels" / "voice" / "static" / "voice"
DESIGN = Path(__file__).parents[1] / "design" / "static" / "design" / "css"
# What a chat is made of on every page of customers.
TALK = Path(__file__).parents[1] / "intake" / "static" / "intake"
# What of the design's own style sheets the panel is made of, in this order.
SHARED = ("reset", "button", "chip", "conversation", "field", "files", "notice", "promise")
FIRST = "@layer reset, base, components, modules, utilities;"


@dataclass(frozen=True, slots=True)
class Served:
    """A script as it is sent, and its name, which changes with what it says."""

    name: str
    plain: bytes
    compressed: bytes


def loader() -> Served:
    """Return what stands behind 1.js: the launcher, which knows where the panel is."""
    return _fresh(_loader)


def panel() -> Served:
    """Return the panel, with its style sheet inside: one way to and fro for both."""
    return _fresh(_panel)


def call() -> Served:
    """Return what a call in the browser needs beside the panel: fetched when one rings."""
    return _fresh(_call)


def chat() -> Served:
    """Return what the panel fetches when somebody chats, with its style sheet inside."""
    return _fresh(_chat)


def _fresh(make: object) -> Served:
    if settings.DEBUG:
        for one in (_loader, _panel, _chat, _call):
            one.cache_clear()
    assert callable(make)
    made: Served = make()
    return made


@cache
def _loader() -> Served:
    style = (OURS / "css" / "launcher.css").read_text()
    tokens = (DESIGN / "tokens.css").read_text()
    sheet = one_style_sheet([tokens_for(style, tokens), style])
    constants = {"PANEL": panel().name, "LAUNCHER_STYLE": sheet, "WORDS": _first_words()}
    return _served("1", _module("loader", "desk.js", constants))


@cache
def _panel() -> Served:
    layer = "@layer {name} {{ {text} }}"
    shared = [
        layer.format(name="components", text=(DESIGN / f"{name}.css").read_text())
        for name in SHARED[1:]
    ]
    reset = layer.format(name="reset", text=(DESIGN / "reset.css").read_text())
    own = sorted((OURS / "css").glob("panel*.css"))
    modules = layer.format(name="modules", text="\n".join(file.read_text() for file in own))
    tokens = (DESIGN / "tokens.css").read_text()
    sheet = one_style_sheet([FIRST, tokens, reset, *shared, modules])
    return _served("panel", _module("panel", "panel.js", {"PANEL_STYLE": sheet}))


@cache
def _call() -> Served:
    files = {file.name: file.read_text() for file in (VOICE / "call").glob("*.js")}
    style = f"@layer modules {{ {(VOICE / 'call.css').read_text()} }}"
    sheet = json.dumps(one_style_sheet([FIRST, style]), ensure_ascii=False)
    # How the panel around it gets at its style sheet.
    constant = f"export const CALL_STYLE = {sheet}\n"
    return _served("call", one_module(files, "bar.js", constant))


@cache
def _chat() -> Served:
    own = (TALK / "chat.css", OURS / "chat" / "chat-panel.css")
    style = "@layer modules {{ {} }}".format("\n".join(file.read_text() for file in own))
    return _served("chat", _module("chat", "face.js", {"CHAT_STYLE": one_style_sheet([style])}))


def _module(folder: str, entry: str, constants: Mapping[str, object]) -> str:
    places = (TALK / "chat", OURS / "shared", OURS / folder)
    files = {file.name: file.read_text() for place in places for file in place.glob("*.js")}
    lines = "".join(
        f"const {name} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in constants.items()
    )
    return one_module(files, entry, lines)


def _served(name: str, text: str) -> Served:
    plain = text.encode()
    digest = hashlib.sha256(plain).hexdigest()[:12]
    return Served(f"{name}-{digest}.js", plain, gzip.compress(plain, 9, mtime=0))


def _first_words() -> dict[str, dict[str, str]]:
    """Return what is said before anything else of ours is there, in each language."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = {
                "help": _("Help"),
                "name": _("Help and support"),
                "close": _("Close"),
                "away": _(
                    "Support is not reachable from this browser. "
                    "Open {address} on another device."
                ),
            }
    return words
