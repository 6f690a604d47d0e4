"""Plans as files: those that come along, and reading any of them."""

from __future__ import annotations

from pathlib import Path

from answerable.entitlements.core.document import Document, read_document
from answerable.entitlements.core.plan import PlanError

SHIPPED = Path(__file__).parent / "plans"


def read_plan_text(file: Path) -> str:
    """Return the text of a plan's file, byte by byte. Raises PlanError for what is no text."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PlanError(f"{file.name} is no text: {error.reason}.") from error
    except OSError as error:
        raise PlanError(f"Cannot read {file}: {error.strerror}.") from error


def read_plan_file(file: Path) -> Document:
    """Return a plan's document from a TOML file. Raises PlanError for what TOML cannot be."""
    try:
        return read_document(read_plan_text(file))
    except PlanError as error:
        raise PlanError(f"{file.name}: {error}") from error
