"""The words of `answerable sla`: its commands, options and help. Nothing is run here."""

from __future__ import annotations

from answerable.cli.plan_parser import Adder

SAYS = "Look at promises: what was kept and what is owed, and how due times are worked out."
KINDS = ["due", "elapsed", "intervals", "pauses"]


def add_sla(to: Adder) -> None:
    """Add `answerable sla` and its commands."""
    sla = to.group("sla", SAYS)
    for add in (_report, _due):
        add(sla)


def _report(to: Adder) -> None:
    report = to.add(
        "report",
        "sla_report:run",
        "Print which promises were kept, missed and excused in a month, and the remedies.",
        example='answerable sla report --customer "Nordwind GmbH" --month 2025-10',
    )
    report.add_argument("--customer", metavar="NAME", default="", help="of this customer only")
    report.add_argument("--month", metavar="YYYY-MM", default="", help="else the present one")
    report.add_argument("--json", action="store_true", help="as JSON, for programs")


def _due(to: Adder) -> None:
    due = to.add(
        "due",
        "sla:run",
        "Compare our due times with cases of business time, as JSON lines: each is printed "
        "back with our `answer` and whether it is `ok`.",
        example="answerable sla due --vectors cases.jsonl --kind elapsed",
    )
    due.add_argument("--vectors", metavar="FILE", required=True, help="the cases; - reads them")
    due.add_argument("--kind", choices=KINDS, default="due", help="what the cases ask")
    due.set_defaults(django=False, ground="bare")
