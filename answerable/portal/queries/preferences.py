"""What a contact reads of themselves: where they are signed in, their passkeys, their data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact, DataExport, Session, User

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody is signed in. `key` names it on pages: the session's own never leaves."""

    key: str
    session: str
    name: str
    begun_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def devices_of(user: User, this: str, at: datetime) -> list[Device]:
    """Return where somebody is signed in, this device first, then those used last."""
    rows = Session.objects.filter(user=user, expire_date__gt=at).order_by("-seen_at")
    devices = [
        Device(
            key=key_of(row.session_key),
            session=row.session_key,
            name=device_name(row.device),
            begun_at=row.begun_at,
            seen_at=row.seen_at,
            is_this=row.session_key == this,
        )
        for row in rows
    ]
    return sorted(devices, key=lambda device: not device.is_this)


def key_of(session: str) -> str:
    """Return what names a session on pages."""
    return hashlib.sha256(f"device {session}".encode()).hexdigest()[:24]


def device_name(agent: str) -> str:
    """Return “Firefox, Windows” for what a browser says it is."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part) or _("Another device")


def passkeys_of(user: User) -> int:
    """Return how many passkeys somebody has."""
    kind = Authenticator.Type.WEBAUTHN
    return int(Authenticator.objects.filter(user=user, type=kind).count())


def export_of(contact: Contact) -> DataExport | None:
    """Return the newest copy of a contact's data, being made or there."""
    return contact.exports.order_by("-pk").select_related("file").first()
