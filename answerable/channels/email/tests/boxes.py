"""Short ways to follow a mailbox in a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from django.utils.timezone import now

from answerable.channels.email.actions import following
from answerable.channels.email.imap.follower import Follower
from answerable.channels.email.imap.line import line_to
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.dovecot import PASSWORD, Dovecot
from answerable.lib.sealing import seal

DANA = "Dana Wolf <dana@nordwind.example>"


def mailbox_of(server: Dovecot, user: str, **others: Any) -> Mailbox:
    facts: dict[str, Any] = {
        "address": "support@answerable.example",
        "host": "127.0.0.1",
        "port": server.port,
        "security": Mailbox.Security.PLAIN,
        "user": user,
        "secret": seal(PASSWORD),
        "takes": Mailbox.Takes.ALL,
    }
    return following.save_mailbox(Mailbox(**facts | others), at=now())


def look(mailbox: Mailbox) -> None:
    """Sign in, take in all there is, and leave, as a process does that is then killed."""
    fresh = Mailbox.objects.get(pk=mailbox.pk)
    with line_to(fresh) as line:
        Follower(mailbox.pk, threading.Event()).look(line, fresh)


def stored() -> list[InboundMail]:
    return list(InboundMail.objects.order_by("pk"))


def has_come(count: int) -> bool:
    return InboundMail.objects.count() == count


def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so: longer than a line that nobody answers is waited for."""
    for _ in range(6000):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("It never came to be.")
