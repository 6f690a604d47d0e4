"""What a plan says and nobody can read is named, with its place and the nearest word."""

from __future__ import annotations

import pytest

from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.tests.changing import (
    NORMAL,
    URGENT,
    Change,
    drop,
    found,
    put,
    target,
)

SHAPES: list[tuple[Change, str]] = [
    # Missing, empty, of another kind.
    (drop("name"), "In the plan: 'name' is missing."),
    (put(name=""), "In the plan: 'name' must be a text of 1 to 100 characters."),
    (put(key="x" * 41), "'key' must be a text of 1 to 40 characters."),
    (put(key="My Plan"), "'key' may have small letters, digits, - and _ only: My Plan."),
    (drop("calendars"), "In the plan: 'calendars' is missing."),
    (put(calendars=[]), "calendars must be a table of names and values."),
    (put("requesters", **{"": {}}), "a name has 1 to 40 characters."),
    (put(languages="en"), "'languages' must be a list of texts."),
    (put(languages=[" "]), "'languages' must be a list of texts."),
    (put(targets={"a": 1}), "'targets' must be a list of tables."),
    (lambda p: p["targets"].append("x"), "targets, number 5 must be a table"),
    (put("triage", share=True), "'share' must be a number."),
    (put("triage", share=float("nan")), "'share' must be a number."),
    (put("severities", "normal", rank=1.5), "'rank' must be a whole number, 0 or more."),
    (put("response", calls="yes"), "In response: 'calls' must be true or false."),
    # Unknown names, with the nearest that is known.
    (
        put(langauges=["en"]),
        "In the plan: 'langauges' is not known here. Did you mean 'languages'?",
    ),
    (
        put("requesters", "contact", designatde=True),
        "In requesters.contact: 'designatde' is not known here. Did you mean 'designated'?",
    ),
    (target(URGENT, wihtin="1h"), "Did you mean 'within'?"),
    (put("response", smile=1), "Known here: bulk, by, calls, connected, voicemail."),
    (
        target(URGENT, metric="first_respons"),
        "'metric' is 'first_respons', which is not known.",
    ),
    (target(URGENT, metric="first_respons"), "Did you mean 'first_response'?"),
    (target(URGENT, kind="promise"), "'kind' is 'promise', which is not known."),
    (target(URGENT, kind="promise"), "Known here: aim, guarantee."),
    (target(URGENT, starts="opened"), "'starts' is 'opened'"),
    (put("severities", "urgent", set_by="vendors"), "Did you mean 'vendor'?"),
    # Lengths, shares and moments.
    (
        target(URGENT, within="soon"),
        "In targets, number 1: 'soon' is no length of time. Enter a time like 30 min, 4 h or "
        "1 working day.",
    ),
    (
        target(URGENT, within=30),
        "In targets, number 1: 'within' is 30. Enter a time like 30 min, 4 h or 1 working day.",
    ),
    (target(URGENT, within="30"), "'30' is no length of time."),
    (target(NORMAL, within="1d 1bd"), "has days of two kinds. Write either d or bd."),
    (target(NORMAL, within="2d"), "does not say what a day is."),
    (put("pauses", "waiting", at_most="2bd"), "Only a target counts those."),
    (put("handling", urgent="quick"), "In handling: 'quick' is no length of time."),
    (target(URGENT, kept=0.95), "'kept' is 0.95. Enter a share like 20%."),
    (target(URGENT, due_soon="a bit"), "'a bit' is no length of time."),
    (put("triage", share="half"), "'half' is no share. Enter one like 20%."),
]


@pytest.mark.parametrize(("change", "words"), SHAPES)
def test_it_says_what_it_cannot_read(change: Change, words: str) -> None:
    errors = [finding for finding in found(change) if finding.is_error]
    assert len(errors) == 1
    assert words in str(errors[0])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("key =", 1, "This is no TOML: Invalid value."),
        ('key = "a"\nkey = "b"\nname = 1\n', 2, "This is no TOML: Cannot overwrite a value"),
        ("[a]\n\n[a]\n", 3, "Cannot declare"),
        ("a = [1,\n\n", 3, "This is no TOML"),
        ("a = " + "[" * 9999, 1, "It nests too deep."),
    ],
)
def test_it_names_the_line_of_what_is_no_toml(text: str, line: int, words: str) -> None:
    with pytest.raises(PlanRefused, match=words) as refused:
        read_document(text)
    (finding,) = refused.value.findings
    assert finding.line == refused.value.line == line
