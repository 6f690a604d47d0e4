"""The people of every test and every demonstration (docs/glossary.md names them)."""

from __future__ import annotations

from answerable.cast.demo import load_demo
from answerable.cast.people import Cast

__all__ = ["Cast", "load_demo"]
