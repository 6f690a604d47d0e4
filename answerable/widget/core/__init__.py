"""Rules of the widget as pure functions."""
