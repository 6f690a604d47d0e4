"""The words of what `answerable mail` does about mail that came: ledger, replay, import."""

from __future__ import annotations

import argparse

Acts = argparse._SubParsersAction  # As argparse returns it; it has no public name.


def add_in(acts: Acts[argparse.ArgumentParser]) -> None:
    """Add the commands about mail that came."""
    for add in (_ledger, _replay, _import):
        command = add(acts)
        command.add_argument(
            "--data", metavar="DIR", default=argparse.SUPPRESS, help="as for all commands"
        )
        command.set_defaults(django=True, ground="visited")


def _ledger(acts: Acts[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    ledger = _act(
        acts,
        "ledger",
        "Print what came and what became of it, the newest mail first.",
        "answerable mail ledger --state review",
    )
    ledger.add_argument(
        "words", metavar="WORD", nargs="*", help="words, #TICKET or <Message-ID>"
    )
    states = ["stored", "accepted", "duplicate", "review", "refused"]
    ledger.add_argument("--state", choices=states, default="", help="one state alone")
    ledger.add_argument(
        "--since", metavar="DAY", default="", help="from this day on: 2025-10-20"
    )
    ledger.add_argument("--until", metavar="DAY", default="", help="up to this day")
    ledger.add_argument("--most", type=int, default=50, metavar="N", help="how many lines")
    ledger.set_defaults(run="answerable.cli.mail_ledger:ledger")
    return ledger


def _replay(acts: Acts[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    replay = _act(
        acts,
        "replay",
        "Read mails once more by the rules of today: parked, refused and duplicates.",
        "answerable mail replay 4711 4712, or: answerable mail replay --state review",
    )
    replay.add_argument(
        "numbers", metavar="ID", nargs="*", type=int, help="as the ledger has it"
    )
    states = ["duplicate", "review", "refused"]
    replay.add_argument("--state", choices=states, default="", help="all of one state")
    replay.set_defaults(run="answerable.cli.mail_ledger:replay")
    return replay


def _import(acts: Acts[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    brought = _act(
        acts,
        "import",
        "Keep mails of the past as history: maildirs, mboxes, files. May be run again.",
        "answerable mail import archive.mbox ~/Maildir mail.eml",
    )
    brought.add_argument("places", metavar="PATH", nargs="+", help="a file or a folder")
    brought.set_defaults(run="answerable.cli.mail_import:run")
    return brought


def _act(
    acts: Acts[argparse.ArgumentParser], name: str, says: str, example: str
) -> argparse.ArgumentParser:
    return acts.add_parser(name, help=says, description=says, epilog=f"Example: {example}")
