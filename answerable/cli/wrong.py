"""What stops a command: one line for the operator, and exit code 2."""

from __future__ import annotations


class Wrong(Exception):
    """Something is wrong outside our code; the words say what, and what to do."""


class Explained(Exception):
    """A command that we started could not run, and has said why."""
