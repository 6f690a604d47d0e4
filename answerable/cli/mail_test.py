"""`answerable mail test ADDRESS`: sends a mail, and says what happened at each step."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from django.utils.timezone import now

from answerable.channels.email import ours, signing
from answerable.channels.email.core.dns_steps import Step, dns_steps
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
    if find_spec("dns") is None:
        yield True, "DNS was not asked: the package dnspython is not installed."
        return
    try:
        keys = [(key.name, key.record) for key in signing.current()]
    except signing.BadKey:
        keys = []
    try:
        yield from dns_steps(ours.domain(), keys, _asked)
    except OSError as error:
        yield True, f"DNS was not asked: {error}"


def _asked(name: str, kind: str) -> Sequence[str]:
    resolver, errors = import_module("dns.resolver"), import_module("dns.exception")
    try:
        answer = resolver.resolve(name, kind, lifetime=PATIENCE_SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except errors.DNSException as error:
        raise OSError(str(error)) from error
    if kind == "MX":
        return [str(record.exchange).rstrip(".") for record in answer]
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
