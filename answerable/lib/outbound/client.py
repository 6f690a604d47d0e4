"""Asks things of the web, and trusts it in nothing: where it is, how long and how much it is.

Proxies of the environment are not used. Certificates are judged by the system's authorities, or
those that SSL_CERT_FILE names.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from answerable.lib.outbound.deciding import Allowed, Place, check_addresses, place_of
from answerable.lib.outbound.wire import (
    Deadline,
    Line,
    PlainConnection,
    SecureConnection,
    resolve,
)
from answerable.lib.outbound.words import Refused, Unfetched

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
A_MB = 1_000_000
CHUNK = 64 * 1024
OURS = {"User-Agent": "Answerable", "Accept-Encoding": "gzip"}
# What may be told to another host than the one it was meant for.
HARMLESS = {"accept", "if-none-match", "if-modified-since"}

# Takes a host, a port and the seconds that are left; returns IP addresses, or raises Unfetched.
Resolve = Callable[[str, int, float], list[str]]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked, and what the answer may cost: bytes (as sent, and unpacked) and seconds.

    With `types`, the answer must be of one of these content types.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    most_bytes: int = 2 * A_MB
    seconds: float = 20.0
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, by whichever status. The names of `headers` are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks: within what an operator allows, by a resolver, trusting certificates."""

    allowed: Allowed
    resolve: Resolve = resolve
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def fetch(self, ask: Ask) -> Answer:
        """Return the answer. Raises Refused for what may not be asked, and Unfetched.

        A GET is led on by redirects, each of which is judged anew; where another host is asked,
        it is told none of the headers that may be secret. A POST is led nowhere.
        """
        place = place_of(ask.url, self.allowed)
        with Deadline(ask.seconds) as deadline:
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._asked(place, ask, deadline)
                if not _is_led_on(ask, answer):
                    return answer
                led = self._led(place, answer.headers["location"])
                ask = ask if led.origin == place.origin else _for_a_stranger(ask)
                place = led
        raise Unfetched("led", host=place.host)

    def _led(self, place: Place, location: str) -> Place:
        led = place_of(urljoin(place.url, location), self.allowed)
        if place.scheme == "https" and led.scheme == "http":
            raise Refused("plain", origin=led.origin)
        return led

    def _asked(self, place: Place, ask: Ask, deadline: Deadline) -> Answer:
        line = Line(place, self._addresses(place, deadline), deadline)
        is_secure = place.scheme == "https"
        connection = SecureConnection(line, self.trust) if is_secure else PlainConnection(line)
        try:
            connection.request(
                ask.method,
                place.target,
                body=ask.body,
                headers={**OURS, **ask.headers},
                preload_content=False,
            )
            answer = _read(connection.getresponse(), place, ask)
        except (OSError, HTTPException, HTTPError, ValueError) as error:
            raise _unfetched(error, place, deadline) from error
        finally:
            connection.close()
        if not deadline.left:  # What was cut off may look like an answer that ends there.
            raise _slow(place, deadline)
        return answer

    def _addresses(self, place: Place, deadline: Deadline) -> list[str]:
        """Return the IP addresses of a place, all of which may be spoken to."""
        is_literal = ":" in place.host or place.host.replace(".", "").isdigit()
        found = [place.host] if is_literal else None
        if found is None:
            found = self.resolve(place.host, place.port, deadline.left)
        check_addresses(place, found, self.allowed)
        return found


def client() -> Client:
    """Return the client of this installation."""
    return Client(settings.ANSWERABLE_OUTBOUND_ALLOW)


def _is_led_on(ask: Ask, answer: Answer) -> bool:
    is_redirect = answer.status in REDIRECTS and "location" in answer.headers
    return is_redirect and ask.method == "GET"


def _for_a_stranger(ask: Ask) -> Ask:
    kept = {name: words for name, words in ask.headers.items() if name.lower() in HARMLESS}
    return replace(ask, headers=kept)


def _read(response: BaseHTTPResponse, place: Place, ask: Ask) -> Answer:
    headers = {name.lower(): words for name, words in response.headers.items()}
    answer = Answer(place.url, response.status, headers, b"")
    if _is_led_on(ask, answer):
        return answer
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if ask.types and response.status == 200 and kind not in ask.types:
        raise Unfetched("type", host=place.host, type=kind or "no content type")
    return replace(answer, body=_body(response, place, ask))


def _body(response: BaseHTTPResponse, place: Place, ask: Ask) -> bytes:
    """Return the body, unpacked. It is given up as soon as it is too long, packed or not."""
    taken = bytearray()
    for chunk in response.stream(CHUNK, decode_content=True):
        taken += chunk
        if max(len(taken), response.tell()) > ask.most_bytes:
            raise Unfetched("big", host=place.host, limit=f"{ask.most_bytes / A_MB:g}")
    return bytes(taken)


def _unfetched(error: Exception, place: Place, deadline: Deadline) -> Unfetched:
    """Return what an error of the wire comes to, in words. The last cause says most."""
    if not deadline.left:
        return _slow(place, deadline)
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Unfetched("certificate", host=place.host, error=cause.verify_message)
    if isinstance(cause, OSError):
        words = cause.strerror or str(cause)
        return Unfetched("unreached", host=place.host, error=words)
    return Unfetched("garbled", host=place.host, error=cause)


def _slow(place: Place, deadline: Deadline) -> Unfetched:
    return Unfetched("slow", host=place.host, seconds=f"{deadline.seconds:g}")


def _cause(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error
