"""The release of the time zone database is the one that zoneinfo reads."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from answerable.lib.zones import release_in


def folder(at: Path, **files: str) -> Path:
    (at / "Europe").mkdir(parents=True)
    (at / "Europe" / "Berlin").touch()
    for name, words in files.items():
        (at / {"zi": "tzdata.zi", "version": "+VERSION"}[name]).write_text(words)
    return at


def test_it_is_what_the_first_folder_with_zones_says(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    system = folder(tmp_path / "system", zi="# version 2025b\n# more\n")
    other = folder(tmp_path / "other", version="2024a\n")
    assert release_in([empty, system, other]) == "2025b"
    assert release_in([other, system]) == "2024a"


def test_a_folder_that_does_not_say_is_not_guessed(tmp_path: Path) -> None:
    assert release_in([folder(tmp_path / "silent")]) == ""


def test_it_is_the_packages_where_the_system_has_none(tmp_path: Path) -> None:
    assert release_in([tmp_path]) == import_module("tzdata").IANA_VERSION
