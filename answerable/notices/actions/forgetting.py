"""Forgets notices and deliveries of long ago; what became of ladders stays in their tickets."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.notices.models import Delivery, Notice, ShiftTold, Tiding

KEPT = timedelta(days=90)


def forget(*, at: datetime) -> int:
    """Delete what is older than ninety days, and return how many notices those were."""
    Tiding.objects.filter(at__lt=at - KEPT).delete()
    # A cover may come long after it was told of.
    shifts = ShiftTold.objects.exclude(key__startswith="cover ")
    shifts.filter(at__lt=at - KEPT).delete()
    Delivery.objects.filter(made_at__lt=at - KEPT).delete()
    return Notice.objects.filter(at__lt=at - KEPT).delete()[0]
