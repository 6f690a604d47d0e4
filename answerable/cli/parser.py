"""The words of the command line: commands, options, help. Nothing is run here."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from answerable.cli.articles_parser import add_articles
from answerable.cli.mail_parser import add_mail
from answerable.cli.plan_parser import add_plan
from answerable.cli.rule_parser import add_rule
from answerable.cli.sla_parser import add_sla

PACKAGE = Path(__file__).parent.parent


def default_data() -> str:
    """Return where everything is kept: beside a checkout's code, else in the current folder."""
    checkout = PACKAGE.parent
    here = checkout / "data" if (checkout / "pyproject.toml").exists() else "answerable-data"
    return os.environ.get("ANSWERABLE_DATA") or str(here)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options of one command."""
    parser = argparse.ArgumentParser(
        prog="answerable",
        description="Answerable: the support desk for companies that sell guaranteed response "
        "times. Start with: answerable up",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (*RUNNING, *KEEPING, *DEVELOPING):
        add(Commands(commands))
    return parser.parse_args(arguments)


class Commands:
    """Adds commands with the options that all of them have."""

    def __init__(self, under: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
        self.under = under

    def group(self, name: str, says: str) -> Commands:
        """Return what adds commands beneath a word: `answerable plan check`."""
        group = self.under.add_parser(name, help=says, description=says)
        return Commands(
            group.add_subparsers(title="commands", metavar="COMMAND", required=True)
        )

    def add(self, name: str, run: str, says: str, *, example: str) -> argparse.ArgumentParser:
        """Return the parser of a new command, which uses Django and a database."""
        command = self.under.add_parser(
            name,
            help=says,
            description=says,
            epilog=f"Example: {example}",
            formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        )
        command.add_argument(
            "--data",
            metavar="DIR",
            default=default_data(),
            help="folder of everything it writes",
        )
        command.set_defaults(run=f"answerable.cli.{run}", django=True, ground="visited")
        return command


def _web_port(command: argparse.ArgumentParser) -> None:
    port = int(os.environ.get("ANSWERABLE_PORT") or 8000)
    command.add_argument("--host", default="127.0.0.1", help="address of the pages")
    command.add_argument("--port", type=int, default=port, help="port of the pages")


def _up(to: Commands) -> None:
    up = to.add(
        "up",
        "up:run",
        "Start everything: PostgreSQL, web, work, watch and mail.",
        example="answerable up --port 8081",
    )
    _web_port(up)
    mail_port = int(os.environ.get("ANSWERABLE_MAIL_PORT") or 2525)
    up.add_argument("--mail-port", type=int, default=mail_port, help="port for incoming mail")
    up.add_argument(
        "--empty", action="store_true", help="no demo: the first page makes an administrator"
    )
    up.set_defaults(django=False, ground="bare")


def _web(to: Commands) -> None:
    web = to.add(
        "web",
        "web:run",
        "Serve the pages.",
        example="answerable web --host 0.0.0.0 --port 8000",
    )
    _web_port(web)
    web.set_defaults(ground="running")


def _work(to: Commands) -> None:
    work = to.add(
        "work", "work:run", "Do the jobs: send mail, retry, tidy.", example="answerable work"
    )
    work.add_argument("--concurrency", type=int, default=4, help="jobs at the same time")
    work.set_defaults(ground="running")


def _watch(to: Commands) -> None:
    watch = to.add(
        "watch",
        "loops:watch",
        "Watch the clocks: stamp each missed promise, climb each ladder.",
        example="answerable watch",
    )
    watch.set_defaults(ground="running")


def _check(to: Commands) -> None:
    check = to.add(
        "check",
        "check:run",
        "Say what is wrong with this installation, in plain words.",
        example="answerable check",
    )
    check.set_defaults(django=False, ground="looked_at")


def _seed(to: Commands) -> None:
    to.add(
        "seed",
        "people:seed",
        "Load the demo into an empty database.",
        example="answerable seed",
    )


def _createadmin(to: Commands) -> None:
    admin = to.add(
        "createadmin",
        "people:createadmin",
        "Make an administrator. The password is asked for, or read from "
        "ANSWERABLE_ADMIN_PASSWORD.",
        example='answerable createadmin ida@example.com --name "Ida Berg"',
    )
    admin.add_argument("email", metavar="EMAIL")
    admin.add_argument("--name", default="", help="as others read it")


def _start_code(to: Commands) -> None:
    to.add(
        "start-code",
        "people:start_code",
        "Print a new one-time link that makes the first administrator.",
        example="answerable start-code",
    )


def _token(to: Commands) -> None:
    token = to.add(
        "token",
        "token:run",
        "Make, list or end the tokens with which programs use the API.",
        example="answerable token make ana@vendor.example --name 'Status board' --days 90",
    )
    acts = token.add_subparsers(dest="act", metavar="ACT", required=True)
    make = acts.add_parser("make", help="make one, and print it, this once")
    make.add_argument("agent", metavar="EMAIL", help="the agent as whom the program asks")
    make.add_argument("--name", required=True, help="what the token is for")
    make.add_argument("--days", type=int, default=365, help="how long it works")
    acts.add_parser("list", help="list those that work")
    end = acts.add_parser("end", help="end one at once")
    end.add_argument("number", metavar="NUMBER", type=int, help="its number in the list")


def _backup(to: Commands) -> None:
    backup = to.add(
        "backup",
        "backup:run",
        "Write the database and the secret key to one file.",
        example="answerable backup answerable-monday.backup",
    )
    backup.add_argument("file", metavar="FILE")
    backup.add_argument("--force", action="store_true", help="write over FILE")
    backup.set_defaults(django=False)


def _restore(to: Commands) -> None:
    restore = to.add(
        "restore",
        "restore:run",
        "Put back what a backup holds. If it fails, everything stays as it was.",
        example="answerable restore answerable-monday.backup --force",
    )
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--force", action="store_true", help="replace what is there now")
    restore.set_defaults(django=False)


def _clocks(to: Commands) -> None:
    clocks = to.add(
        "clocks",
        "clocks:run",
        "Compare every clock with its ledger and its plan, and say what differs.",
        example="answerable clocks audit",
    )
    clocks.add_argument("what", choices=["audit"], help="the only thing there is to do")
    clocks.add_argument("--ticket", type=int, metavar="N", help="the clocks of one ticket")
    clocks.add_argument(
        "--fix-nothing",
        action="store_true",
        help="write nothing at all, not even the result for /health",
    )


def _log(to: Commands) -> None:
    log = to.add(
        "log",
        "log:run",
        "Say how far search, rules, notices and surveys followed the tickets' log, and which "
        "lines they could not take.",
        example="answerable log --retry",
    )
    log.add_argument("--retry", action="store_true", help="have those lines tried again now")


def _migrate(to: Commands) -> None:
    to.add(
        "migrate",
        "prepare:migrate",
        "Bring the database up to this release.",
        example="answerable backup before.backup && answerable migrate",
    )


def _manage(to: Commands) -> None:
    manage = to.add(
        "manage",
        "manage:run",
        "Run one of Django's commands.",
        example="answerable manage makemigrations --check",
    )
    manage.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")
    manage.set_defaults(django=False)


def _prepare(to: Commands) -> None:
    prepare = to.add(
        "prepare",
        "prepare:run",
        "Make the database ready to be used, as `up` does before it starts the rest.",
        example="answerable prepare --empty",
    )
    prepare.add_argument("--empty", action="store_true", help="no demo")


def _look(to: Commands) -> None:
    look = to.add(
        "look",
        "look:run",
        "Print whether the database is ready to be used.",
        example="answerable look",
    )
    look.set_defaults(django=False)


RUNNING: tuple[Callable[[Commands], None], ...] = (_up, _web, _work, _watch, add_mail)
KEEPING = (
    _check,
    _clocks,
    _log,
    add_plan,
    add_sla,
    add_articles,
    _seed,
    _createadmin,
    _start_code,
    _token,
    add_rule,
    _backup,
    _restore,
    _migrate,
)
DEVELOPING = (_manage, _prepare, _look)
