"""Rules of account cards as pure functions."""
