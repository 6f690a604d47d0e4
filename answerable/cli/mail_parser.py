"""The words of `answerable mail`: the door itself, and what is asked about mail."""

from __future__ import annotations

from answerable.cli.mail_out_parser import add_out
from answerable.cli.plan_parser import Adder


def add_mail(to: Adder) -> None:
    """Add `answerable mail`, which runs the door, and the commands beneath it."""
    mail = to.add(
        "mail",
        "loops:mail",
        "Take in mail by SMTP.",
        example="ANSWERABLE_MAIL_PORT=25 answerable mail",
    )
    mail.set_defaults(ground="running")
    acts = mail.add_subparsers(title="commands", metavar="COMMAND")
    add_out(acts)
