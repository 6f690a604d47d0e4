"""A door that is open while a test runs, and a certificate for it."""

from __future__ import annotations

import smtplib
import socket
import threading
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils.timezone import now

from answerable.channels.email import door
from answerable.channels.email.core.pace import Limits
from answerable.channels.email.tests.post import SUPPORT

DANA = "dana@nordwind.example"


class Door:
    """A door that is open while a test runs."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits
        self.stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Door:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(30)
        assert not self._thread.is_alive()

    def client(self) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.port, timeout=30)

    def send(self, raw: bytes, to: str = SUPPORT, by: str = DANA) -> None:
        with self.client() as client:
            client.sendmail(by, [to], raw)

    def _run(self) -> None:
        door.run(self.stop, "127.0.0.1", 0, opened=self._opened, limits=self.limits)

    def _opened(self, port: int) -> None:
        self.port = port
        self._ready.set()

    def line(self) -> socket.socket:
        """Return a bare connection, for what no library says."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


def certificate_in(folder: Path, name: str = "answerable.example") -> tuple[Path, Path]:
    """Write a certificate and its key into a folder, over those that are there."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    files = folder / "mail.crt", folder / "mail.key"
    files[0].write_bytes(certificate.public_bytes(pem))
    files[1].write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
