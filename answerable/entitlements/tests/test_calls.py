"""What a plan says of calls, and what of that cannot be meant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.calls import Calls
from answerable.entitlements.core.reading import examine

MINUTE = timedelta(minutes=1)


def read(calls: dict[str, Any], **channel: Any) -> tuple[Calls, list[str]]:
    document = dict(read_plan_file(SHIPPED / "premium.toml")) | {"calls": calls}
    told = {**document["channels"]["callback"], **channel}
    document["channels"] = {**document["channels"], "callback": told}
    reading = examine(document)
    return reading.terms.calls, [finding.words for finding in reading.findings]


def test_what_is_left_out_has_its_usual_value() -> None:
    assert read({}) == (Calls(), [])


def test_every_rule_is_read() -> None:
    said = {
        "attempts": 3,
        "gap": "10m",
        "ring": "30s",
        "kept_by": "answer",
        "voicemail": False,
        "exhausted": "close",
        "last_before": "15m",
    }
    calls = Calls(3, 10 * MINUTE, MINUTE / 2, "answer", False, "close", 15 * MINUTE)
    assert read(said, hours="office") == (calls, [])


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ({"attempts": 0}, "Nobody is called so often. Write 1 to 10."),
        ({"attempts": 11}, "Nobody is called so often. Write 1 to 10."),
        ({"gap": "2d"}, "Between two calls lies more than a day."),
        ({"ring": "3m"}, "No telephone rings for more than two minutes."),
        ({"last_before": "15m"}, "Calls are made around the clock"),
        ({"kept_by": "luck"}, "'kept_by' is 'luck', which is not known."),
        ({"tries": 2}, "'tries' is not known here."),
    ],
)
def test_it_says_what_cannot_be_meant(calls: dict[str, Any], words: str) -> None:
    assert any(words in found for found in read(calls)[1])
