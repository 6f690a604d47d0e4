"""The words of `answerable mail`: the door itself, and what is asked about mail."""

from __future__ import annotations

import argparse

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
    _read(acts)
    add_out(acts)


def _read(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    says = "Print what is understood of raw mails, as JSON."
    read = acts.add_parser(
        "read", help=says, description=says, epilog="Example: answerable mail read mail.eml"
    )
    read.add_argument("files", metavar="FILE", nargs="*", help="raw mails; - reads one")
    read.add_argument("--body", metavar="FILE", help="a bare text instead of a mail")
    read.add_argument(
        "--jsonl",
        action="store_true",
        help='read lines {"raw_b64": …} or {"body": …} from standard input, print a line each',
    )
    read.set_defaults(run="answerable.cli.mail_read:run", django=False, ground="bare")
