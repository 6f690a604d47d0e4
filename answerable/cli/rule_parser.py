"""The words of `answerable rule`: who of a customer sees requests of colleagues."""

from __future__ import annotations

from answerable.cli.plan_parser import Adder


def add_rule(to: Adder) -> None:
    """Add the command."""
    rule = to.add(
        "rule",
        "rule:run",
        "List, add or end the rules by which people of a customer see requests of colleagues.",
        example="answerable rule add 'Nordwind GmbH' department=hr product=service "
        "--as ida@vendor.example",
    )
    acts = rule.add_subparsers(dest="act", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="list those of a customer that are in force")
    listing.add_argument("customer", metavar="CUSTOMER", help="its name")
    add = acts.add_parser("add", help="let some people see more, from now on")
    add.add_argument("customer", metavar="CUSTOMER", help="its name")
    add.add_argument(
        "who", metavar="WHO", help="everybody, or role=, seat=, domain= or department=…"
    )
    add.add_argument("sees", metavar="SEES", help="company, or product=, department=, domain=…")
    end = acts.add_parser("end", help="end one at once")
    end.add_argument("number", metavar="NUMBER", type=int, help="its number in the list")
    for act in (add, end):
        act.add_argument(
            "--as", dest="agent", metavar="EMAIL", required=True, help="the administrator"
        )
