"""Keeps what agents and teams put below their replies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.email.signature_models import Signature


@transaction.atomic
def keep_signatures(
    bodies: Mapping[str, str], *, of: Agent | str, agent: Agent, at: datetime
) -> None:
    """Keep the signatures of an agent, or of a team by its key: a text by language, "" for
    every other one. An empty text is forgotten. Mails that are queued stay as they are."""
    owner: dict[str, Any] = (
        {"agent": of, "team": ""} if isinstance(of, Agent) else {"agent": None, "team": of}
    )
    for language, body in bodies.items():
        text = body.replace("\r\n", "\n").strip()
        if not text:
            Signature.objects.filter(**owner, language=language).delete()
            continue
        Signature.objects.update_or_create(
            **owner,
            language=language,
            defaults={"body": text, "changed_at": at, "changed_by": agent},
        )
