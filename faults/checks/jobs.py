"""No job was left lying."""

from __future__ import annotations

from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.channels.email.actions import waking
from answerable.channels.email.models import InboundMail, OutgoingMail
from faults.checks.evidence import Checked, Evidence

# They come for whatever waits; one that the database ended is followed by the next.
COME_AGAIN = {waking.DRAIN, waking.SEND}


def check(evidence: Evidence) -> Checked:
    """Look for jobs that nobody does, and rows that no job is there for."""
    checked = Checked("No job was left lying")
    jobs = ProcrastinateJob.objects.exclude(status__in=["succeeded", "cancelled"])
    for row in jobs.values("status", "task_name").annotate(times=Count("pk")):
        checked.cases += row["times"]
        says = f"{row['times']} of {row['task_name']} is {row['status']}."
        if row["task_name"] in COME_AGAIN and row["status"] != "doing":
            checked.notes.append(f"{says} Its rows were taken by a later run.")
        else:
            checked.find(row["status"] in {"failed", "aborted", "doing"}, says)
    unread, unsent = InboundMail.objects.unhandled(), OutgoingMail.objects.waiting()
    checked.find(unread.exists(), f"{unread.count()} mails were not read.")
    checked.find(unsent.exists(), f"{unsent.count()} mails were not sent.")
    checked.cases += ProcrastinateJob.objects.filter(status="succeeded").count()
    return checked
