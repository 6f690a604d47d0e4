"""The documents that tests make of terms say what the terms are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.reading import read_terms
from answerable.sla.tests.documents import document_of

UNSAID = {"examples": (), "remedies": (), "exceptions": ()}


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda file: file.stem)
def test_it_reads_as_what_it_was_made_of(file: Path) -> None:
    terms = replace(read_terms(read_plan_file(file)), **UNSAID)  # type: ignore[arg-type]
    assert read_terms(document_of(terms)) == terms
