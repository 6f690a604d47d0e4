"""`answerable token`: the tokens with which programs use the API."""

from __future__ import annotations

import argparse
from datetime import timedelta

from django.utils.timezone import now

from answerable.accounts.actions import end_api_token, make_api_token
from answerable.accounts.models import Agent, ApiToken
from answerable.cli.say import say
from answerable.cli.wrong import Wrong

LONGEST_DAYS = 730


def run(options: argparse.Namespace) -> int:
    """Make, list or end a token."""
    {"make": _make, "list": _list, "end": _end}[options.act](options)
    return 0


def _make(options: argparse.Namespace) -> None:
    agent = Agent.objects.active().filter(user__email__iexact=options.agent).first()
    if agent is None:
        raise Wrong(f"{options.agent} is no agent who can sign in.")
    if not 1 <= options.days <= LONGEST_DAYS:
        raise Wrong(f"A token works for 1 to {LONGEST_DAYS} days.")
    works_for = timedelta(days=options.days)
    say(make_api_token(agent, name=options.name, works_for=works_for, at=now()))


def _list(options: argparse.Namespace) -> None:
    working = ApiToken.objects.filter(ended_at=None, expires_at__gt=now())
    for token in working.select_related("agent").order_by("pk"):
        used = f"used {token.used_at:%Y-%m-%d}" if token.used_at else "never used"
        says = f"{token.name}, as {token.agent.name}, until {token.expires_at:%Y-%m-%d}, {used}"
        say(f"{token.pk}  {says}")


def _end(options: argparse.Namespace) -> None:
    token = ApiToken.objects.filter(pk=options.number, ended_at=None).first()
    if token is None:
        raise Wrong(f"No token that works has the number {options.number}.")
    end_api_token(token, at=now())
    say(f"{token.name} has ended.")
