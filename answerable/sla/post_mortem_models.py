"""What was learnt from a critical promise that was missed: asked of somebody, until a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent


class PostMortem(models.Model):
    """Somebody is asked to say what a miss taught us. It is done once they have said it."""

    clock = models.OneToOneField("sla.Clock", models.CASCADE, related_name="post_mortem")
    owner = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    learnt = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_mortem_is_done_with_words",
                condition=Q(done_at=None, learnt="") | Q(done_at__isnull=False) & ~Q(learnt=""),
            ),
        ]
        indexes = [
            models.Index(name="post_mortem_open", fields=["due_at"], condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"post-mortem of {self.clock_id}"
