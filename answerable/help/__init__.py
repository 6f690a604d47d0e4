"""The help centre as its readers see it."""
