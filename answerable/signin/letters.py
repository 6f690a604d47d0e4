"""Letters that belong to no ticket."""

from __future__ import annotations

from datetime import datetime

from django.utils.module_loading import import_string


def send_letter(*, to: str, subject: str, body: str, at: datetime) -> None:
    """Queue a letter."""
    import_string("answerable.channels.email.actions.send_letter")(
        to=to, subject=subject, body=body, at=at
    )
