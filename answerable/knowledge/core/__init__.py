"""Rules of articles and of search, as pure functions."""
