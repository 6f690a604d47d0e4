"""`answerable mail queue`: what waits to go out, since when, until when, and why."""

from __future__ import annotations

import argparse
from datetime import datetime

from django.utils.timezone import now

from answerable.channels.email.models import MailServer, OutgoingMail
from answerable.channels.email.waiting import silent_servers, waiting_mail, waiting_too_long
from answerable.cli.say import say


def run(options: argparse.Namespace) -> int:
    """Print a line for each silent server and each mail; return 1 when one waits too long."""
    at = now()
    for server in silent_servers():
        say(_of_server(server, at))
    mails = waiting_mail(at)
    for mail in mails.select_related("ticket")[: options.most]:
        say(_of_mail(mail, at))
    count = mails.count()
    say(f"{count} {'mail waits' if count == 1 else 'mails wait'}.")
    return 1 if waiting_too_long(at) else 0


def _of_server(server: MailServer, at: datetime) -> str:
    since = _ago(server.since, at) if server.since else "now"
    return f"{server.name} does not answer, since {since}: {server.last_error}"


def _of_mail(mail: OutgoingMail, at: datetime) -> str:
    about = f" on #{mail.ticket_id}" if mail.ticket_id else ""
    tries = "1 try" if mail.attempts == 1 else f"{mail.attempts} tries"
    why = f": {mail.last_error}" if mail.last_error else "."
    return (
        f"{mail.pk}  {mail.get_kind_display()}{about} to {mail.to}, waits since "
        f"{_ago(mail.created_at, at)}, {tries}, {_next(mail, at)}{why}"
    )


def _next(mail: OutgoingMail, at: datetime) -> str:
    if mail.state == OutgoingMail.State.HELD:
        return "is being sent"
    seconds = max(0, round((mail.next_try_at - at).total_seconds()))
    return f"next try in {seconds} s"


def _ago(instant: datetime, at: datetime) -> str:
    minutes = (at - instant).total_seconds() / 60
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.0f} h"
