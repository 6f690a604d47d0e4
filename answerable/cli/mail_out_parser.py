"""The words of what is asked about mail that goes out."""

from __future__ import annotations

import argparse

Acts = argparse._SubParsersAction


def add_out(acts: Acts[argparse.ArgumentParser]) -> None:
    """Add `answerable mail queue` and `answerable mail test`."""
    says = (
        "Print the mail that waits to go out, oldest first, and why. Returns 1 when some "
        + ("has waited for more than ten minutes.")
    )
    queue = acts.add_parser(
        "queue", help=says, description=says, epilog="Example: answerable mail queue"
    )
    queue.add_argument("--most", type=int, default=50, metavar="N", help="how many are printed")
    _visits(queue, "mail_queue:run")
    says = "Send a mail to an address, and report each step."
    test = acts.add_parser(
        "test",
        help=says,
        description=says,
        epilog="Example: answerable mail test ida@example.com",
    )
    test.add_argument("address", metavar="ADDRESS", help="where the mail goes")
    _visits(test, "mail_test:run")


def _visits(act: argparse.ArgumentParser, run: str) -> None:
    act.add_argument(
        "--data",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="folder of everything it writes",
    )
    act.set_defaults(run=f"answerable.cli.{run}", django=True, ground="visited")
