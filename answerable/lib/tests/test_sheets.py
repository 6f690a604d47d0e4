"""Tables as files: what is in a cell stays what it was, and is never worked out."""

from __future__ import annotations

import csv
import io

import pytest

from answerable.lib.sheets import plain, sheet


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Exports fail", "Exports fail"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+49 40 1", "'+49 40 1"),
        ("-", "'-"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        (-3, "-3"),
        (97.5, "97.5"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(cell: object, text: str) -> None:
    assert plain(cell) == text


def test_it_is_a_file_that_spreadsheets_read() -> None:
    answer = sheet("report-2025-10.csv", ["Name", "Zahl"], [['Größe, "XL"', 7]])
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report-2025-10.csv"'
    text = answer.content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [["Name", "Zahl"], ['Größe, "XL"', "7"]]
