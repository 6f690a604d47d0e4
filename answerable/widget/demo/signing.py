"""What the made-up product's server does: it signs who is using it, as any vendor's would."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import jwt

from answerable.accounts.models import Contact, WidgetKey
from answerable.accounts.signed import workspace
from answerable.lib.sealing import unseal

TOKEN_WORKS = timedelta(minutes=10)


def demo_key() -> WidgetKey | None:
    """Return the key that the demonstration was loaded with, while it works."""
    shared = WidgetKey.objects.filter(algorithm=WidgetKey.Algorithm.HS256, ended_at=None)
    return shared.order_by("pk").first()


def identity_of(contact: Contact, *, at: datetime) -> str:
    """Return a token that says who a contact is, good for minutes; "" without a key."""
    key = demo_key()
    if key is None or not contact.customer.key:
        return ""
    claims = {
        "aud": workspace().name,
        "iat": int(at.timestamp()),
        "exp": int((at + TOKEN_WORKS).timestamp()),
        "jti": uuid4().hex,
        "account": contact.customer.key,
        "sub": f"user-{contact.pk}",
        "email": contact.email,
        "name": contact.name,
        "role": contact.product_role,
        "locale": contact.language,
    }
    token: str = jwt.encode(
        claims, unseal(key.secret), algorithm=key.algorithm, headers={"kid": key.kid}
    )
    return token
