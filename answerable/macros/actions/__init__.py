"""Everything that writes macros, counts them, and does what they stage."""

from __future__ import annotations

from answerable.macros.actions.acting import do_acts, do_staged
from answerable.macros.actions.keeping import NameTaken, Wording, retire_macro, save_macro

__all__ = [
    "NameTaken",
    "Wording",
    "do_acts",
    "do_staged",
    "retire_macro",
    "save_macro",
]
