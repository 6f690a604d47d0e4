"""What runs here, and for which release the database was made ready."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Heartbeat(models.Model):
    """The last sign of life of one process."""

    kind = models.CharField(max_length=20)  # web, work, watch, mail
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    address = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="heartbeat_of_a_process", fields=["kind", "host", "pid"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pid} on {self.host}"


class Release(models.Model):
    """The release that this database was last made ready for: one row."""

    fingerprint = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_release")]

    def __str__(self) -> str:
        return self.version
