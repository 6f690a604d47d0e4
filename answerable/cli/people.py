"""`answerable seed`, `createadmin` and `start-code`: the first people of an installation."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import ProgrammingError
from django.utils.timezone import now

from answerable.accounts.actions import AddressTaken, install, make_agent, make_start_code
from answerable.accounts.models import Agent
from answerable.cast import load_demo
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.ops import queries
from answerable.ops.checks import SILENT_AFTER

PASSWORD = "ANSWERABLE_ADMIN_PASSWORD"  # noqa: S105  the name of a setting, not a password


def seed(options: argparse.Namespace) -> int:
    """Load the demo into a database that has nobody in it."""
    _need_tables()
    if Agent.objects.exists():
        raise Wrong("There are people in this database. The demo is for an empty one.")
    load_demo(at=now())
    say("The demo is loaded.")
    return 0


def createadmin(options: argparse.Namespace) -> int:
    """Make an administrator who signs in with a password."""
    _need_tables()
    password = os.environ.get(PASSWORD) or _asked()
    try:
        validate_email(options.email)
        validate_password(password)
        name = options.name or options.email.split("@", maxsplit=1)[0]
        agent = make_agent(
            email=options.email, name=name, role="administrator", password=password, at=now()
        )
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from error
    except AddressTaken as error:
        raise Wrong(f"{options.email} belongs to somebody already.") from error
    install(demo=False, at=now())
    say(f"{agent.name} is an administrator. Sign in at {_pages()}/desk/")
    return 0


def start_code(options: argparse.Namespace) -> int:
    """Print a link that makes the first administrator, once, within 30 minutes."""
    _need_tables()
    say(start_link())
    return 0


def start_link() -> str:
    """Return a new one-time link that makes the first administrator."""
    return f"{_pages()}/start/?code={make_start_code(at=now())}"


def _pages() -> str:
    """Return where the pages are: as set, else where they are served at this moment."""
    web = queries.living(now(), SILENT_AFTER).get("web")
    if "ANSWERABLE_URL" in os.environ or web is None:
        return str(settings.ANSWERABLE_URL)
    return f"http://127.0.0.1:{web.address.rsplit(':', 1)[-1]}"


def _asked() -> str:
    if not sys.stdin.isatty():
        raise Wrong(f"There is no terminal to ask for the password. Set {PASSWORD}.")
    password = getpass.getpass("Password (12 characters or more): ")
    if getpass.getpass("Once more: ") != password:
        raise Wrong("The two passwords differ. Nothing was made.")
    return password


def _need_tables() -> None:
    try:
        Agent.objects.exists()
    except ProgrammingError as error:
        raise Wrong("The database has no tables yet. Run: answerable migrate") from error
