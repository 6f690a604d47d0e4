"""Django's sessions in the database, in rows that say whose they are (SESSION_ENGINE)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.timezone import now

from answerable.accounts.devices.models import Session
from answerable.lib.ready import Given, Ready

DEVICE, BEGUN, SEEN = "device", "begun_at", "seen_at"
ROW = Ready(
    lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("at"))
)


class SessionStore(DatabaseStore):
    """What a session says of its person and browser, it also says in columns."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the rows of this store."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """Return the row of this session; one that is not there has no key from now on."""
        row = ROW.first(key=self.session_key, at=now())
        if row is None:
            self._session_key = None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of a session, not stored yet."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        number = str(data.get(SESSION_KEY, ""))
        row.user_id = int(number) if number.isdecimal() else None
        row.device = str(data.get(DEVICE, ""))[:300]
        row.begun_at, row.seen_at = _instant(data.get(BEGUN)), _instant(data.get(SEEN))
        return row


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
