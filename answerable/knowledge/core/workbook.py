"""The first sheet of a workbook (Office Open XML, .xlsx) as rows of words. Pure."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

LARGEST = 300_000_000
MOST_COLUMNS = 200
PLACE = re.compile(r"([A-Z]{1,3})\d+")
SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


class NoWorkbook(Exception):
    """A file that is no workbook, or too large; the words say which."""


def rows_of(file: Path) -> list[list[str]]:
    """Return the rows of the first sheet. Raises NoWorkbook."""
    try:
        with zipfile.ZipFile(file) as archive:
            shared = _shared(archive)
            sheets = sorted(filter(SHEET.fullmatch, archive.namelist()), key=_number)
            if not sheets:
                raise NoWorkbook("It has no sheet.")
            return list(_rows(_parsed(archive, sheets[0]), shared))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError) as error:
        raise NoWorkbook(f"It is no workbook that can be read: {error}.") from error


def _number(name: str) -> int:
    found = SHEET.fullmatch(name)
    return int(found[1]) if found else 0


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > LARGEST:
        raise NoWorkbook(f"It unpacks to more than {LARGEST // 1_000_000} MB.")
    data = archive.read(name)
    # No workbook declares a document type; who does means to unfold entities in its reader.
    if b"<!DOCTYPE" in data[:1000]:
        raise NoWorkbook("It holds a document type, which no workbook has.")
    return ElementTree.fromstring(data)  # noqa: S314


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_words(item) for item in _parsed(archive, "xl/sharedStrings.xml")]


def _rows(sheet: ElementTree.Element, shared: list[str]) -> Iterator[list[str]]:
    for row in sheet.iter():
        if _tag(row) == "row":
            cells: list[str] = []
            for cell in row:
                at = _column(cell.get("r") or "", len(cells))
                cells += [""] * (at - len(cells))
                cells.append(_cell(cell, shared))
            yield cells


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _words(cell)
    value = next((part.text or "" for part in cell if _tag(part) == "v"), "")
    if kind == "s":
        number = int(value) if value.isdigit() else -1
        return shared[number] if 0 <= number < len(shared) else ""
    return value


def _words(element: ElementTree.Element) -> str:
    """Return what an element says, without how it is read out in East Asian scripts."""
    texts = []
    for part in element:
        if _tag(part) == "t":
            texts.append(part.text or "")
        elif _tag(part) != "rPh":
            texts.append(_words(part))
    return "".join(texts)


def _column(place: str, otherwise: int) -> int:
    """Return the number of a column by its letters, counted from 0."""
    found = PLACE.fullmatch(place)
    if found is None:
        return otherwise
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(max(number - 1, otherwise), MOST_COLUMNS)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
