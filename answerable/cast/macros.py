"""What agents of the demonstration send often."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from answerable.cast.people import Cast
from answerable.macros.actions import Wording, save_macro
from answerable.macros.models import Macro

MACROS = Path(__file__).parent / "macros.toml"


def write_macros(cast: Cast, *, at: datetime) -> None:
    """Let Ana have written a few macros, one of them with what it does once it is sent."""
    for row in tomllib.loads(MACROS.read_text())["macros"]:
        texts = {language: row[language] for language in ("en", "de") if language in row}
        macro = Macro(name=row["name"], acts=row["acts"])
        save_macro(macro, Wording(texts), agent=cast.ana, at=at)
