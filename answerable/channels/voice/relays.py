"""The servers by which two browsers find each other, as their pages are told of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from answerable.channels.voice.core.relay import credentials
from answerable.channels.voice.models import Call

# A page asks anew whenever it looks for another way to the other side.
GOOD_FOR = timedelta(hours=4)


def connecting(call: Call, side: str, at: datetime) -> dict[str, Any]:
    """Return what RTCPeerConnection is made with: servers, and whether only a relay counts."""
    servers: list[dict[str, Any]] = []
    if settings.ANSWERABLE_STUN:
        servers.append({"urls": settings.ANSWERABLE_STUN})
    if settings.ANSWERABLE_TURN:
        name, password = credentials(
            settings.ANSWERABLE_TURN_SECRET, f"{call.pk}-{side}", at + GOOD_FOR
        )
        servers.append(
            {"urls": settings.ANSWERABLE_TURN, "username": name, "credential": password}
        )
    policy = "relay" if settings.ANSWERABLE_TURN_ONLY else "all"
    return {"iceServers": servers, "iceTransportPolicy": policy}
