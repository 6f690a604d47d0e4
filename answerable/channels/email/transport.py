"""The way out, as ANSWERABLE_MAIL_URL names it.

    outbox:                                   the local outbox (the demonstration)
    smtp://user:password@host:25              plain SMTP
    smtp+starttls://user:password@host:587    SMTP that turns to TLS
    smtps://user:password@host:465            SMTP over TLS
    anymail+postmark://?server_token=TOKEN    a provider by django-anymail

A provider is named as anymail names its module, with a dash for each _ (postmark, mailgun,
amazon-ses …), and its settings follow as anymail spells them, in lower case and without the
provider's name: anymail+mailgun://?api_key=KEY&sender_domain=mg.example.com. The address is a
secret: it may stand in a file that ANSWERABLE_MAIL_URL_FILE names.

ANSWERABLE_MAIL_ROUTES names other ways for some domains: `example.com=smtp://relay:25`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

OUTBOX = "answerable.channels.email.outbox.EmailBackend"
SMTP = "answerable.channels.email.smtp.EmailBackend"
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT_SECONDS = 30


class BadMailUrl(Exception):
    """ANSWERABLE_MAIL_URL cannot be meant; the words say what is wrong."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: the name of its server, what speaks to it, and to which domains it leads.

    `domains` empty: to all but those in `others`, which have ways of their own. A way keeps one
    connection while it is used.
    """

    name: str
    backend: BaseEmailBackend
    domains: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it ends in our own database, so that no server knows what that does not."""
        return bool(getattr(self.backend, "is_ours", False))

    @property
    def takes_wire(self) -> bool:
        """Whether it takes mails as we write them; a provider is told of their parts."""
        return bool(getattr(self.backend, "takes_wire", False))


def ways(url: str, routes: str = "") -> list[Way]:
    """Return the ways out, those for some domains first. Raises BadMailUrl."""
    by_url: dict[str, list[str]] = {}
    for route in routes.split():
        domain, _, address = route.partition("=")
        if not (domain and address):
            raise BadMailUrl(f"ANSWERABLE_MAIL_ROUTES must be DOMAIN=URL. It has {domain!r}.")
        by_url.setdefault(address, []).append(domain.lower())
    routed = [
        Way(server_name(address), open_way(address), domains=tuple(domains))
        for address, domains in by_url.items()
    ]
    others = tuple(domain for way in routed for domain in way.domains)
    return [*routed, Way(server_name(url), open_way(url), others=others)]


def server_name(url: str) -> str:
    """Return a way's server without its secrets: “smtp.example.com:587”, or a provider."""
    parts = urlsplit(url)
    if parts.scheme in PORTS:
        return f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"
    return parts.scheme.partition("+")[2] or parts.scheme


def open_way(url: str) -> BaseEmailBackend:
    """Return Django's mail backend for an address, not connected yet. Raises BadMailUrl."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadMailUrl(f"ANSWERABLE_MAIL_URL cannot be read: {error}.") from error
    if parts.scheme == "outbox":
        return _backend(OUTBOX, {})
    if parts.scheme in PORTS:
        return _backend(SMTP, _smtp(parts, port))
    kind, _, provider = parts.scheme.partition("+")
    name = (provider or parts.path).replace("-", "_")
    if kind == "anymail" and name.isidentifier():
        path = f"anymail.backends.{name}.EmailBackend"
        return _backend(path, dict(parse_qsl(parts.query)))
    raise BadMailUrl(
        "ANSWERABLE_MAIL_URL must begin with outbox:, smtp://, smtp+starttls://, smtps:// or "
        "anymail+NAME://."
    )


def _smtp(parts: SplitResult, port: int | None) -> dict[str, Any]:
    if not parts.hostname:
        raise BadMailUrl("ANSWERABLE_MAIL_URL names no server: smtp://host:25.")
    return {
        "host": parts.hostname,
        "port": port or PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+starttls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": TIMEOUT_SECONDS,
    }


def _backend(path: str, options: dict[str, Any]) -> BaseEmailBackend:
    try:
        backend: BaseEmailBackend = get_connection(path, **options)
    except Exception as error:  # A provider's module raises what it likes.
        raise BadMailUrl(f"ANSWERABLE_MAIL_URL: {error}") from error
    return backend
