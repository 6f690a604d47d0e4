"""What was sent to a receiver, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.notices.models import Delivery, Receiver
from answerable.notices.outcomes import why_words


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery as the log shows it."""

    delivery: Delivery
    about: str
    answer: str


def delivery_rows(rows: Sequence[Delivery]) -> list[DeliveryRow]:
    """Return deliveries with what they were about and what was answered."""
    return [DeliveryRow(row, _about(row), why_words(row.answer)) for row in rows]


def _about(row: Delivery) -> str:
    if row.matter == "test":
        return _("Test")
    if row.act == "acknowledge":
        return _("Somebody has it")
    if row.act == "resolve":
        return _("It is over")
    return str(Receiver.Matter(row.matter).label)
