"""The text of a plan as a document: what TOML says, in values that JSON can keep. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from answerable.entitlements.core.findings import Finding, PlanRefused, located
from answerable.entitlements.core.reading import Reading, examine
from answerable.entitlements.core.wrong import PlanError

Document = dict[str, Any]


def read_document(text: str) -> Document:
    """Return the document of a TOML text. Raises PlanRefused, with the line of what is no TOML.

    Days and times become their words: a document is kept as JSON.
    """
    try:
        return {key: _kept(value) for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        found = re.search(r" \(at line (\d+), column \d+\)$", words)
        line = int(found.group(1)) if found else text.count("\n") + 1
        said = words[: found.start()] if found else words.removesuffix(" (at end of document)")
        finding = Finding((), "This is no TOML: {words}.", values=(("words", said),), line=line)
        raise PlanRefused([finding]) from error
    except RecursionError:
        raise PlanRefused([Finding((), "It nests too deep.", line=1)]) from None


def examine_text(text: str, fill: Callable[[Document], Document] = dict) -> Reading:
    """Return the terms of a text, with all that is wrong with it and the line of each.

    `fill` fills in the dates of its holidays. Raises PlanRefused for what is no TOML.
    """
    document = read_document(text)
    try:
        reading = examine(fill(document))
    except PlanError as error:
        reading = _without_dates(document, error)
    return replace(reading, findings=located(reading.findings, text))


def _without_dates(document: Document, error: PlanError) -> Reading:
    """Return what else is wrong with a document whose days off cannot be filled in."""
    named = document.get("holidays")
    keys = named if isinstance(named, Mapping) else ()
    reading = examine({**document, "holidays": {key: {"dates": []} for key in keys}})
    finding = Finding(error.path, "{words}", values=(("words", str(error)),))
    return replace(reading, findings=(finding, *reading.findings))


def _kept(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _kept(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_kept(inner) for inner in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
