"""A browser and its push service of our own, which decrypt and check as real ones do."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from answerable.lib.tests.web import Handler, Web
from answerable.notices import push


class Browser:
    """A browser's keys, and how it reads a message (RFC 8291)."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(push.CURVE)
        self.secret = os.urandom(16)
        self.p256dh = push.encoded(push.point(self.key))
        self.auth = push.encoded(self.secret)

    def read(self, message: bytes) -> bytes:
        """Return what a message says. Raises InvalidTag for one to another browser."""
        salt, length = message[:16], message[20]
        sender, sealed = message[21 : 21 + length], message[21 + length :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(push.CURVE, sender)
        shared = self.key.exchange(ec.ECDH(), theirs)
        info = b"WebPush: info\0" + push.point(self.key) + sender
        root = push.derived(shared, self.secret, info, 32)
        key = push.derived(root, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = push.derived(root, salt, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, sealed, None)
        return text.rstrip(b"\0")[:-1]


@dataclass
class PushService:
    """Takes messages for one browser by RFC 8030 and 8292, and lets it read them."""

    web: Web
    browser: Browser = field(default_factory=Browser)
    read: list[dict[str, Any]] = field(default_factory=list)
    is_gone: bool = False

    @property
    def endpoint(self) -> str:
        self.web.pages["/push/1"] = self.take
        return f"{self.web.origin}/push/1"

    def take(self, handler: Handler) -> None:
        handler.send(410 if self.is_gone else self._judged(dict(handler.headers.items())))

    def _judged(self, headers: dict[str, str]) -> int:
        said = dict(p.strip().split("=", 1) for p in headers["Authorization"][6:].split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(push.CURVE, push.decoded(said["k"]))
        place = urlsplit(self.web.origin)
        audience = f"{place.scheme}://{place.netloc}"
        try:
            jwt.decode(
                said["t"],
                key,
                algorithms=["ES256"],
                audience=audience,
                options={"verify_exp": False},
            )
        except jwt.InvalidTokenError:
            return 403
        if headers["Content-Encoding"] != "aes128gcm" or not headers["TTL"].isdecimal():
            return 400
        self.read.append(json.loads(self.browser.read(self.web.bodies[-1])))
        return 201
