"""Signs what we ask a system of the vendor's, so that it can tell that we ask. Pure.

What is signed is the instant and the body together: who records a request cannot send it again
later, or with another body.
"""

from __future__ import annotations

import hashlib
import hmac

SCHEME = "v1"
TIMESTAMP, SIGNATURE = "Answerable-Timestamp", "Answerable-Signature"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a body at an instant (seconds since 1970, UTC): v1=…, HMAC of
    SHA-256 in small hexadecimal digits over "v1:{timestamp}:{body}"."""
    said = f"{SCHEME}:{timestamp}:".encode() + body
    digest = hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
    return f"{SCHEME}={digest}"


def headers(secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of a signed request."""
    return {
        "Content-Type": "application/json",
        "Accept": "application/json",
        TIMESTAMP: str(timestamp),
        SIGNATURE: signature(secret, timestamp, body),
    }
