"""The bar of a browser call, as the pages of both sides show it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call, Signal
from answerable.channels.voice.told import Seen, seen, sentence


def bar_context(
    call: Call, side: str, at: datetime, agent: Agent | None = None
) -> dict[str, Any]:
    """Return the context of voice/_bar.html for one side of a call, of agents for this one."""
    view = seen(call, side, at, agent)
    return {
        "call": call,
        "side": side,
        "is_agent": side == Signal.Side.AGENT,
        "name": view.name,
        "state": sentence(view),
        "words": json.dumps(bar_words(view)),
        "may_record": settings.ANSWERABLE_RECORDINGS_DAYS > 0,
        "days": settings.ANSWERABLE_RECORDINGS_DAYS,
    }


def bar_words(view: Seen) -> dict[str, str]:
    """Return what the script of a call says itself, beside what it is told."""
    words = {
        **(_of_agent() if view.side == Signal.Side.AGENT else _of_contact()),
        "asking": _("Allow the microphone when your browser asks."),
        "no_microphone": _("No microphone was found. Plug one in, and try again."),
        "away": _("The connection to us is lost. The call goes on; we try again."),
        "muted": _("You are muted."),
        "weak": _("The connection is weak."),
        "bad": _("The connection is very weak: you may miss words."),
        "speak": _("Say something: the bar moves when we hear you."),
        "heard": _("We hear you."),
        "recording": _("This call is recorded."),
        "recorded": _("The recording has ended."),
        "not_recorded": _("The call is not recorded."),
        "not_shared": _("No screen is shared."),
    }
    return {key: text.format(name=view.name) for key, text in words.items()}


def _of_agent() -> dict[str, str]:
    return {
        "blocked": _(
            "The browser blocks the microphone. Allow it in the address bar, or use your phone."
        ),
        "screen_asked": _("{name} is asked to share their screen."),
        "no_screen": _("{name} does not share their screen."),
    }


def _of_contact() -> dict[str, str]:
    return {
        "blocked": _(
            "Your browser blocks the microphone. Allow it in the address bar, "
            "or let us call your phone."
        ),
    }
