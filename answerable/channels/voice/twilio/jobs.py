"""What is asked of the telephone provider, and done when its news is lost."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerable.channels.voice.twilio import actions, later
from answerable.channels.voice.twilio.actions import asking
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.models import Leg

# A line that stays open costs money, and keeps somebody waiting.
AGAIN = RetryStrategy(max_attempts=5, wait=2, retry_exceptions={Failed})


@app.task(name=later.DIAL, queue=later.QUEUE, priority=later.PRIORITY)
def dial_leg(leg: int) -> None:
    """Let a telephone ring."""
    actions.dial(leg, at=now())


@app.task(name=later.CUT, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def cut_leg(leg: int) -> None:
    """End a telephone call."""
    actions.cut_at_provider(Leg.objects.get(pk=leg))


@app.task(name=later.TURN_AWAY, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def turn_away(leg: int) -> None:
    """Tell a caller who waited for too long what we do instead."""
    actions.turn_away_at_provider(Leg.objects.get(pk=leg))


@app.task(name=later.HOLD, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def hold_leg(leg: int, *, on: bool) -> None:
    """Let a customer wait on the line, or take them back."""
    actions.hold_at_provider(Leg.objects.get(pk=leg), on=on)


@app.task(name=later.MUTE, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def mute_leg(leg: int, *, on: bool) -> None:
    """Take an agent's voice off the line, or put it back."""
    actions.mute_at_provider(Leg.objects.get(pk=leg), on=on)


@app.periodic(cron="* * * * * */20")
@app.task(queue=later.QUEUE, queueing_lock="calls-ask", pass_context=False)
def ask_about_calls(timestamp: int) -> None:
    """Ask about calls of which nothing was heard, and whether the provider is up again."""
    asking.ask_about_silent(at=now())
    asking.turn_away_late(at=now())
    asking.probe(at=now())
    asking.give_up_while_down(at=now())
