"""Tidy a catalogue that gettext has merged, compile it, and name what is not translated."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

# Headers that differ on each machine and at each time, and that nobody reads.
NOISE = (
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
)


def main(path: Path) -> int:
    """Return 1 where a string has no translation, else 0."""
    words = polib.pofile(str(path), wrapwidth=98)
    words.header, words.metadata_is_fuzzy = "Collected and compiled by bin/words.", False
    for name in NOISE:
        words.metadata.pop(name, None)
    for entry in words.fuzzy_entries():
        _forget_guess(entry)
    words.save()
    words.save_as_mofile(str(path.with_suffix(".mo")))
    missing = [entry.msgid for entry in words.untranslated_entries()]
    sys.stdout.write(
        "\n".join([f"{len(words)} strings, {len(missing)} to translate", *missing, ""])
    )
    return bool(missing)


def _forget_guess(entry: polib.POEntry) -> None:
    """Empty what gettext guessed from a string that is alike: a guess is worse than a gap."""
    entry.flags.remove("fuzzy")
    entry.msgstr, entry.previous_msgid, entry.previous_msgid_plural = "", None, None
    entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
