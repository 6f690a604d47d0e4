"""The changes that open pages were told of, kept for pages that come back."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class LiveEvent(models.Model):
    """One change of one topic."""

    topic = models.CharField(max_length=80)
    at = models.DateTimeField(db_default=Now(), db_index=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.topic}"
