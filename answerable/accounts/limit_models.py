"""How often somebody tried something that is tried only so often."""

from __future__ import annotations

from django.db import models


class Tries(models.Model):
    """How often somebody tried something until an instant; then it is counted anew.

    `key` is a digest of what was tried and by whom.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
