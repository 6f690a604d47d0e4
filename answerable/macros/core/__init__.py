"""Rules of macros as pure functions."""
