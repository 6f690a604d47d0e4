"""Tables to take away, as files that spreadsheets read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A cell that begins so would be worked out as a formula, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Without it Excel takes UTF-8 for something else.


def sheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a table as a CSV file of that name (RFC 4180, UTF-8)."""
    answer = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    writer = csv.writer(answer)
    writer.writerow([plain(head) for head in heads])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return answer


def plain(cell: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    text = "" if cell is None else str(cell)
    is_number = isinstance(cell, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
