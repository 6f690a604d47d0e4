"""`answerable mail test ADDRESS`: sends a mail, and says what happened at each step."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.conf import settings
from django.utils.timezone import now

from answerable.channels.email import ours, signing
from answerable.channels.email.core.author import is_reserved
from answerable.channels.email.core.dns_steps import Step, dns_steps
from answerable.channels.email.core.proof import Unsure
from answerable.channels.email.names import servers
from answerable.channels.email.transport import BadMailUrl
from answerable.channels.email.trial import steps
from answerable.cli.say import say
from answerable.cli.wrong import Wrong

PATIENCE_SECONDS = 5


def run(options: argparse.Namespace) -> int:
    """Print a line for each step; return 1 when the mail was not accepted, or DNS is not right.

    What DNS says is looked at after the mail was sent: it does not stop it.
    """
    fine = True
    try:
        for is_fine, says in (*steps(options.address, now()), *_dns()):
            say(f"{'✓' if is_fine else '✗'} {says}")
            fine = fine and is_fine
    except BadMailUrl as error:
        raise Wrong(str(error)) from error
    return 0 if fine else 1


def _dns() -> Iterator[Step]:
    domain = ours.domain()
    if is_reserved(domain) and not settings.ANSWERABLE_MAIL_DNS:
        yield True, f"DNS was not asked: nobody can have the name {domain}."
        return
    try:
        keys = [(key.name, key.record) for key in signing.current()]
    except signing.BadKey:
        keys = []
    asked = servers()
    try:
        yield from dns_steps(
            domain, keys, lambda name, kind: asked.ask(name, kind, PATIENCE_SECONDS)
        )
    except Unsure:
        yield True, "DNS was not asked: no name server answers."
