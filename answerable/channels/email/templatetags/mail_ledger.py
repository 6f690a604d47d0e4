"""What pages say of the mail ledger."""

from __future__ import annotations

from django import template

from answerable.channels.email.ledger import count_parked
from answerable.channels.email.ledger_words import said
from answerable.channels.email.models import InboundMail, Verdict

register = template.Library()


@register.simple_tag
def parked_mail() -> int:
    """Return how many mails wait for somebody to decide."""
    return count_parked()


@register.filter
def ledger_reason(reason: str) -> str:
    """Return a recorded reason in the reader's language where we can."""
    return said(reason)


@register.filter
def verdict_state(verdict: Verdict) -> str:
    """Return a state that a mail had, in the reader's language."""
    return str(InboundMail.State(verdict.state).label)
