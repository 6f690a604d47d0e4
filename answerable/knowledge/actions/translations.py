"""A person reads over what a machine translated."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.knowledge.actions.telling import note_change, tell
from answerable.knowledge.models import ArticleVersion


@transaction.atomic
def check_translation(version: ArticleVersion, *, by: Agent, at: datetime) -> bool:
    """Say that a person has read a machine's translation over, and stands behind it.

    False when somebody has done so already, or no machine made it.
    """
    found = ArticleVersion.objects.filter(pk=version.pk, by_software=True)
    if not found.update(by_software=False, checked_at=at, checked_by=by):
        return False
    article = version.text.article
    note_change(
        article, f"checked {version.text.language}", (None, version.number), by=by, at=at
    )
    tell(article)
    return True
