"""Real bounces, where the folder with them is at hand. The shares are what was reached."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.mail_sets.bounces import ORDINARY, SETS

FOLDER = Path(__file__).parents[5] / "shared" / "mail"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="The folder with real mails, ../shared/mail, is not here."
)
REACHED = {"recognised": 0.99, "recipient": 0.97, "hard": 0.95, "status": 0.96, "reason": 0.91}


def test_it_reads_them() -> None:
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for name, judge in SETS.items():
        for line in (FOLDER / name).read_text().splitlines():
            for verdict in judge(json.loads(line)):
                what = verdict.name.split()[0]
                seen[what] += 1
                right[what] += verdict.ok
    assert dict.fromkeys(REACHED, True) == {
        what: right[what] / seen[what] >= share for what, share in REACHED.items()
    }


@pytest.mark.parametrize("name", ORDINARY)
def test_it_takes_no_ordinary_mail_for_a_bounce(name: str) -> None:
    lines = (FOLDER / name).read_text().splitlines()
    verdicts = [one for line in lines for one in ORDINARY[name](json.loads(line))]
    assert [one for one in verdicts if not one.ok] == []
