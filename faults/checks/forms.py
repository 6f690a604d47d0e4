"""No form made two tickets, and each that was acknowledged made one."""

from __future__ import annotations

from collections import Counter

from answerable.tickets.models import Message, Ticket
from faults.checks.evidence import Checked, Evidence


def check(evidence: Evidence) -> Checked:
    """Compare the forms that were sent with the tickets that there are."""
    checked = Checked("Each form acknowledged is one ticket, however often it was pressed")
    sent = Ticket.objects.exclude(submission=None).values_list("submission", flat=True)
    # The token that the page had, after the key of who sent it.
    by_submission = Counter((token or "").partition("-")[2].replace("-", "") for token in sent)
    first = Message.objects.filter(kind=Message.Kind.MESSAGE, body__contains="form:")
    bodies = first.values_list("body", flat=True)
    marks = Counter(body.partition("form:")[2].partition(":")[0] for body in bodies)
    for form in evidence.journal.forms:
        made = max(by_submission[form.submission.replace("-", "")], marks[form.mark])
        checked.cases += bool(form.accepted)
        checked.find(made > 1, f"The form {form.mark} made {made} tickets.")
        checked.find(bool(form.accepted) and made == 0, f"The form {form.mark} was lost.")
    pressed = sum(form.pressed for form in evidence.journal.forms)
    checked.notes.append(f"{len(evidence.journal.forms)} forms, sent {pressed} times.")
    return checked
