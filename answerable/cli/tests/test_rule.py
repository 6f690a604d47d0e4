"""Rules of who sees what, from the command line."""

from __future__ import annotations

import pytest

from answerable.cast import Cast
from answerable.cli import rule
from answerable.cli.parser import parse
from answerable.cli.wrong import Wrong

pytestmark = pytest.mark.django_db
BY = ("--as", "ida@answerable.example")


def tell(*words: str) -> None:
    rule.run(parse(["rule", *words]))


def test_it_adds_lists_and_ends_a_rule(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    tell("add", "nordwind gmbh", "department=HR", "product=service", *BY)
    made = cast.nordwind.visibility_rules.get()
    assert made.made_by_agent == cast.ida
    says = "Everybody of the department “hr” sees requests about Service, but private ones."
    assert capsys.readouterr().out == f"{made.pk}  {says}\n"
    tell("list", "Nordwind GmbH")
    assert says in capsys.readouterr().out
    tell("end", str(made.pk), *BY)
    tell("list", "Nordwind GmbH")
    assert capsys.readouterr().out == f"Ended: {says}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Nobody", "everybody", "company", *BY), "No customers are called Nobody"),
        (("Nordwind GmbH", "all", "company", *BY), "Write one of everybody, role"),
        (("Nordwind GmbH", "role", "company", *BY), "Say which: role="),
        (("Nordwind GmbH", "everybody", "company=x", *BY), "company names nothing"),
        (
            ("Nordwind GmbH", "everybody", "company", "--as", "ana@answerable.example"),
            "is no administrator",
        ),
    ],
)
def test_it_says_what_is_not_right(cast: Cast, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(Wrong, match=says):
        tell("add", *words)
    assert not cast.nordwind.visibility_rules.exists()
