"""What was decided of mails before it was decided anew, and who had mails read again."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent


class Replay(models.Model):
    """Mails that are read once more, because what was wrong with their reading is mended.

    `query` says which, as the ledger's address does; `below` is how far the work has come: it
    goes from the newest mail to the oldest.
    """

    asked_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    query = models.JSONField(default=dict)
    total = models.PositiveIntegerField()
    below = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)  # when all of them waited to be read

    def __str__(self) -> str:
        return f"replay {self.pk}"


class Verdict(models.Model):
    """What had been decided of a mail, until somebody had it decided anew."""

    mail = models.ForeignKey("email.InboundMail", models.CASCADE, related_name="verdicts")
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField()
    replay = models.ForeignKey(Replay, models.CASCADE, null=True, related_name="verdicts")

    def __str__(self) -> str:
        return f"mail {self.mail_id} was {self.state}"
