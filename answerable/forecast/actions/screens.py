"""Makes links for screens on walls, and ends them."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.accounts.tokens import digest_of, new_token
from answerable.forecast.models import Screen

LASTS = timedelta(days=90)


def make_screen(
    name: str, *, by: Agent, at: datetime, with_names: bool = False
) -> tuple[Screen, str]:
    """Make a link for a screen; return it with its token, which nobody can read again."""
    token = new_token()
    screen = Screen.objects.create(
        name=name,
        digest=digest_of(token),
        with_names=with_names,
        made_by=by,
        made_at=at,
        expires_at=at + LASTS,
    )
    return screen, token


def end_screen(screen: Screen, *, at: datetime) -> None:
    """End a link: its screen shows nothing any more."""
    Screen.objects.filter(pk=screen.pk, ended_at=None).update(ended_at=at)
