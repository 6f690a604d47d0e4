"""`answerable articles export`: the help centre as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.knowledge import exporting


def run(options: argparse.Namespace) -> int:
    """Write all published articles to a place."""
    place: Path = options.place
    if place.exists() and not options.force and (place.is_file() or any(place.iterdir())):
        raise Wrong(f"There is something at {place}. Write there all the same with --force.")
    try:
        if options.json:
            place.write_text(exporting.as_json(), encoding="utf-8")
            say(f"All articles are in {place}.")
            return 0
        count = sum(1 for _path in exporting.tree(place))
    except OSError as error:
        raise Wrong(f"Cannot write {error.filename}: {error.strerror}.") from error
    say(f"{count} files are in {place}. Import them with: answerable articles import {place}")
    return 0
