"""A copy of somebody's data that they asked for. It ends, and so does its link."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from answerable.files.models import StoredFile


class DataExport(models.Model):
    """One copy: asked for, being made, or there until it ends."""

    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)  # of how many requests, so far
    total = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="data_export_at_once", fields=["contact"], condition=Q(ready_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"data of {self.contact_id}"

    def is_there(self, at: datetime) -> bool:
        """Whether it can be had at an instant."""
        return self.file_id is not None and self.ends_at is not None and at < self.ends_at
