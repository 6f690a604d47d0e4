"""Names of files: shown as they were given, and harmless wherever they are saved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.files.core.names import LONGEST, kept_name


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        ("Bericht März (final).pdf", "Bericht März (final).pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\dana\\bill.docx", "bill.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie: x=1.txt"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", ".htaccess"),
        ("...rc", "rc"),
        ("報告書.xlsx", "報告書.xlsx"),
        ("a/", "a"),
    ],
)
def test_it_keeps_what_can_do_no_harm(given_as: str, kept: str) -> None:
    assert kept_name(given_as) == kept


def test_it_keeps_the_ending_of_a_long_name() -> None:
    assert kept_name("a" * 500 + ".pdf") == "a" * (LONGEST - 4) + ".pdf"


@given(st.text())
def test_it_is_one_line_without_folders_and_stays_as_it_is(name: str) -> None:
    kept = kept_name(name)
    assert kept
    assert len(kept) <= LONGEST
    assert not set(kept) & set("/\\\r\n\0")
    assert kept not in {".", ".."}
    assert kept_name(kept) == kept
    kept.encode()
