"""Rules of surveys as pure functions."""
