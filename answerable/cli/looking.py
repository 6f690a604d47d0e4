"""What `answerable check` looks at beside /health: ports, mail out, Django's own checks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.utils.timezone import now

from answerable.channels.email import signing
from answerable.channels.email.transport import PORTS, BadMailUrl, ways
from answerable.channels.voice.models import Call
from answerable.cli import ports
from answerable.files.queries import incomplete_files
from answerable.ops import checks, queries

Found = tuple[bool, str]


def found() -> Iterator[Found]:
    """Yield whether each thing is fine, and what there is to say of it."""
    yield from _settings()
    for finding in checks.findings():
        yield finding.fine, finding.says
    yield _files()
    yield from _ports()
    yield _mail_out()
    yield from _mail_signed()
    yield from _calls()


def _settings() -> Iterator[Found]:
    for message in run_checks():
        if message.level >= WARNING and not message.is_silenced():
            yield False, f"{message.msg} ({message.id}) {message.hint or ''}".strip()


def _files() -> Found:
    """Say whether every file is whole; each is looked at, which for many takes a moment."""
    broken = incomplete_files()
    if broken:
        return False, f"Files lack some of their bytes: {broken}. Restore a backup."
    return True, "Every file is whole."


def _ports() -> Iterator[Found]:
    running = queries.living(now(), checks.SILENT_AFTER)
    for kind, answers in (("web", ports.web_is_ready), ("mail", ports.mail_is_ready)):
        beat = running.get(kind)
        if beat and beat.host == socket.gethostname():
            host, port = beat.address.rsplit(":", 1)
            yield _port(kind, host, int(port), fine=answers(host, int(port)))


def _port(kind: str, host: str, port: int, *, fine: bool) -> Found:
    if fine:
        return True, f"{kind} answers at {host}:{port}."
    return False, f"{kind} does not answer at {host}:{port}. Look in its log."


def _mail_signed() -> Iterator[Found]:
    """Say whether mail is signed, and what DNS has to say for others to see that."""
    try:
        keys = signing.current()
    except signing.BadKey as error:
        yield False, f"{error} Mail goes out unsigned."
        return
    if not keys:
        yield True, "Mail is not signed: ANSWERABLE_DKIM_KEY_FILE names no key."
    for key in keys:
        yield True, f'Mail is signed. This must stand in DNS: {key.name} TXT "{key.record}"'


def _calls() -> Iterator[Found]:
    """Say that calls between browsers have no relay; they work without one in most places."""
    if Call.Way.BROWSER in settings.CALL_WAYS and not settings.ANSWERABLE_TURN:
        yield (
            True,
            "Calls from browser to browser are on, and ANSWERABLE_TURN names no relay: "
            "they fail behind strict firewalls.",
        )


def _mail_out() -> Found:
    """Say whether the server that takes our mail can be reached. Nothing is sent."""
    try:
        ways(settings.ANSWERABLE_MAIL_URL, settings.ANSWERABLE_MAIL_ROUTES)
    except BadMailUrl as error:
        return False, str(error)
    url = urlsplit(settings.ANSWERABLE_MAIL_URL)
    if url.scheme == "outbox":
        return True, "Mail is kept in the outbox page; nothing is sent."
    if url.scheme not in PORTS or not url.hostname:
        return True, f"Mail goes out by {url.scheme}."
    port = url.port or PORTS[url.scheme]
    try:
        socket.create_connection((url.hostname, port), timeout=5).close()
    except OSError as error:
        reason = error.strerror or str(error)
        return False, f"Mail cannot go out: {url.hostname}:{port} says: {reason}."
    return True, f"Mail goes out by {url.hostname}:{port}."
