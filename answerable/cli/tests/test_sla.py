"""`answerable sla due` prints cases back with our answers, and says whether all are right."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from answerable.cli.main import main

WEEK = [[day, "09:00", "17:00"] for day in range(5)]
CASE = {
    "id": "one",
    "calendar": {"tz": "Europe/Berlin", "weekly": WEEK, "holidays": []},
    "start": "2025-10-24T14:45:00Z",
    "business_seconds": 3600,
    "due": "2025-10-27T09:45:00+01:00",
}
WRONG = {"due": "2025-10-27T10:00:00+01:00"}
DISAGREES = {"check": "disagrees: cross-check engine says something else"}


def written(tmp_path: Path, *cases: dict[str, Any] | str) -> str:
    file = tmp_path / "cases.jsonl"
    lines = [case if isinstance(case, str) else json.dumps(CASE | case) for case in cases]
    file.write_text("\n".join([*lines, "", ""]))
    return str(file)


def judged(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_it_prints_each_case_with_our_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sla", "due", "--vectors", written(tmp_path, {}, {"id": "two"})]) == 0
    (one, two), err = judged(capsys)
    assert one == CASE | {"answer": CASE["due"], "ok": True}
    assert two["id"] == "two"
    assert err == "2 cases: 2 right, 0 wrong.\n"


def test_it_ends_with_1_when_an_answer_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sla", "due", "--vectors", written(tmp_path, WRONG, {})]) == 1
    lines, err = judged(capsys)
    assert [line["ok"] for line in lines] == [False, True]
    assert err == "2 cases: 1 right, 1 wrong.\n"


def test_it_does_not_score_what_projects_disagree_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, {}, WRONG | DISAGREES, DISAGREES)
    assert main(["sla", "due", "--vectors", file]) == 0
    lines, err = judged(capsys)
    assert [line["ok"] for line in lines] == [True, False, True]
    assert "1 right, 0 wrong, 2 on which projects disagree, not scored." in err


def test_it_answers_all_others_when_a_line_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "{", {}, "[]", {"calendar": {}}, WRONG)
    assert main(["sla", "due", "--vectors", file]) == 2
    lines, err = judged(capsys)
    assert [line["ok"] for line in lines] == [True, False]
    assert "Line 1 cannot be read: it is not JSON" in err
    assert "Line 3 cannot be read: it is not an object of names and values." in err
    assert "Line 4 cannot be read: the calendar has no 'weekly'." in err
    assert "1 right, 1 wrong, 3 that cannot be read." in err


@pytest.mark.parametrize(
    ("kind", "changed", "answer"),
    [
        ("elapsed", {}, 3600),
        (
            "intervals",
            {"from": "2025-10-24T15:00:00+02:00", "to": "2025-10-25T00:00:00+02:00"},
            [["2025-10-24T15:00:00+02:00", "2025-10-24T17:00:00+02:00"]],
        ),
        (
            "pauses",
            {
                "created": CASE["start"],
                "targets_minutes": {"solution": 60},
                "events": [
                    ["2025-10-24T14:50:00Z", "pending"],
                    ["2025-10-24T14:55:00Z", "open"],
                ],
                "expect": {"solution_due": "2025-10-27T09:50:00+01:00"},
            },
            {"solution_due": "2025-10-27T09:50:00+01:00"},
        ),
    ],
)
def test_it_answers_other_kinds(
    kind: str,
    changed: dict[str, Any],
    answer: object,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["sla", "due", "--kind", kind, "--vectors", written(tmp_path, changed)]) == 0
    (line,), err = judged(capsys)
    assert line["answer"] == answer
    assert line["ok"] is not False
    assert err.startswith("1 case: ")


def test_it_reads_cases_from_the_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    assert main(["sla", "due", "--vectors", "-"]) == 0
    assert judged(capsys)[0][0]["ok"] is True


def test_it_says_which_file_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sla", "due", "--vectors", str(tmp_path / "gone.jsonl")]) == 2
    assert "gone.jsonl: No such file or directory." in judged(capsys)[1]
