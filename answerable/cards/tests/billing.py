"""A system of the vendor's as our documentation has it: it checks who asks, and answers."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

from answerable.lib.tests.web import Handler, Web

SECRET = "0123456789abcdef-of-billing"
AT_MOST = 300  # seconds between the signing and the arrival
CARDS = {
    "cards": [
        {
            "title": "Billing",
            "parts": [
                {"type": "badge", "text": "past due", "tone": "risk"},
                {
                    "type": "facts",
                    "rows": [
                        {"name": "Plan", "text": "Enterprise, yearly"},
                        {"name": "Renewal", "time": "2027-01-31T00:00:00Z"},
                        {
                            "name": "Account",
                            "text": "N-7",
                            "url": "https://billing.example/a/7",
                        },
                    ],
                },
                {"type": "list", "items": ["Invoice 1204 is open", "Paid by card"]},
            ],
        }
    ]
}


@dataclass
class Billing:
    """What it was asked, and what it says next."""

    secret: str = SECRET
    says: Any = field(default_factory=lambda: CARDS)
    asked: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0

    def answer(self, handler: Handler) -> None:
        """Answer a request whose signature is right and new; refuse any other."""
        body = handler.server.web.bodies[-1]
        if not self.is_ours(dict(handler.headers.items()), body):
            self.refused += 1
            return handler.send(401)
        self.asked.append(json.loads(body))
        said = self.says if isinstance(self.says, bytes) else json.dumps(self.says).encode()
        return handler.send(200, said, Content_Type="application/json")

    def is_ours(self, headers: dict[str, str], body: bytes) -> bool:
        """Say whether whoever has the secret signed this very body within five minutes."""
        timestamp = headers["Answerable-Timestamp"]
        if abs(time.time() - int(timestamp)) > AT_MOST:
            return False
        signed = b"v1:" + timestamp.encode() + b":" + body
        made = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"v1={made}", headers["Answerable-Signature"])

    def put(self, web: Web, path: str = "/cards") -> str:
        """Stand at a path, and return its address."""
        web.pages[path] = self.answer
        return web.origin + path
