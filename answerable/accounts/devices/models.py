"""Sessions, each with its person: so that somebody sees where they are signed in."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A session of somebody, or of a stranger: Django's, with whose it is and on what."""

    user = models.ForeignKey(
        "accounts.User", models.CASCADE, null=True, related_name="sessions"
    )
    device = models.CharField(max_length=300, blank=True)  # what the browser says it is
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # to the hour

    def __str__(self) -> str:
        return f"of {self.user_id}"

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return the store that writes these rows."""
        from answerable.accounts.devices.store import SessionStore  # noqa: PLC0415

        return SessionStore
