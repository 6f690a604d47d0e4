"""Keeps how mails look and what they all say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.channels.email.models import MailLook


def keep_look(
    *,
    accent: str,
    logo: str,
    texts: Mapping[str, Mapping[str, str]],
    agent: Agent,
    at: datetime,
) -> None:
    """Keep it from now on: mails that are queued already stay as they are."""
    facts = {"accent": accent, "logo": logo, "texts": texts}
    MailLook.objects.update_or_create(
        pk=1, defaults={**facts, "changed_at": at, "changed_by": agent}
    )
