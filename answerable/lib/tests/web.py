"""A web of our own for tests: a server with https on this machine, and an authority for it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from answerable.lib.outbound.deciding import allowed_by

Reply = Callable[["Handler"], None]
A_DAY = timedelta(days=1)


class Handler(BaseHTTPRequestHandler):
    """Answers a path with what the test put there, and writes down what was asked."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.web.asked.append((self.command, self.path, dict(self.headers.items())))
        reply = self.server.web.pages.get(self.path)
        # Who asks may hang up whenever it has enough.
        with suppress(OSError):
            reply(self) if reply else self.send(404)

    def do_POST(self) -> None:
        self.server.web.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.do_GET()

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, words in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), words)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing: what was asked is in the web."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    web: Web

    def handle_error(self, *_args: object) -> None:
        """A client that hangs up is what many tests are about."""


@dataclass
class Web:
    """What the server has at which path, and what it was asked."""

    port: int
    authority: Path
    scheme: str = "https"
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"{self.scheme}://localhost:{self.port}"

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Put an answer at a path, and return its address."""
        self.pages[path] = lambda handler: handler.send(status, body, **headers)
        return self.origin + path


@contextmanager
def serving(folder: Path, name: str = "localhost", *, tls: bool = True) -> Iterator[Web]:
    """Serve on this machine with a certificate for a name, signed by an authority of ours."""
    authority, certificate = certificates(folder, name)
    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    web = server.web = Web(server.server_address[1], authority, "https" if tls else "http")
    running = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    running.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        running.join()


@contextmanager
def silent() -> Iterator[int]:
    """Return the port of a server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def certificates(folder: Path, name: str) -> tuple[Path, Path]:
    """Make an authority, and a certificate by it for a name; return their files."""
    ca_key, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")])
    ca = _certificate(ca_name, ca_name, ca_key.public_key(), ca_key, is_ca=True)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    leaf = _certificate(subject, ca_name, key.public_key(), ca_key, is_ca=False)
    authority, certificate = folder / f"{name}-authority.pem", folder / f"{name}.pem"
    authority.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate.write_bytes(leaf.public_bytes(serialization.Encoding.PEM) + private)
    return authority, certificate


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    is_ca: bool,
) -> x509.Certificate:
    today = datetime.now(UTC)
    common = str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only"), False
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - A_DAY)
        .not_valid_after(today + A_DAY)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_ca, key_cert_sign=is_ca, crl_sign=is_ca, **usage
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
    )
    if not is_ca:
        names = x509.SubjectAlternativeName([x509.DNSName(common)])
        built = built.add_extension(names, critical=False)
    return built.sign(signer, hashes.SHA256())


@contextmanager
def allowed_web(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Web]:
    """Serve as `serving` does, where this installation may ask it and trusts it."""
    with serving(folder) as web:
        settings.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([web.origin])
        monkeypatch.setenv("SSL_CERT_FILE", str(web.authority))
        yield web
