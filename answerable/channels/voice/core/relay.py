"""Credentials for a relay (TURN), by the scheme that coturn calls use-auth-secret. Pure.

draft-uberti-behave-turn-rest-00: the name is the second at which it ends, and who it is for;
the password is that name's HMAC with the secret that we share with the relay.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime


def credentials(secret: str, who: str, until: datetime) -> tuple[str, str]:
    """Return the name and password with which somebody uses the relay until an instant."""
    name = f"{int(until.timestamp())}:{who}"
    digest = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
    return name, base64.b64encode(digest).decode()
