"""No job was left lying."""

from __future__ import annotations

from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.channels.email.models import InboundMail, OutgoingMail
from faults.checks.evidence import Checked, Evidence


def check(evidence: Evidence) -> Checked:
    """Look for jobs that nobody does, and rows that no job is there for."""
    checked = Checked("No job was left lying")
    jobs = ProcrastinateJob.objects.exclude(status__in=["succeeded", "cancelled"])
    for row in jobs.values("status", "task_name").annotate(times=Count("pk")):
        checked.cases += row["times"]
        late = row["status"] in {"failed", "aborted", "doing"}
        checked.find(late, f"{row['times']} of {row['task_name']} is {row['status']}.")
    unread, unsent = InboundMail.objects.unhandled(), OutgoingMail.objects.waiting()
    checked.find(unread.exists(), f"{unread.count()} mails were not read.")
    checked.find(unsent.exists(), f"{unsent.count()} mails were not sent.")
    checked.cases += ProcrastinateJob.objects.filter(status="succeeded").count()
    return checked
