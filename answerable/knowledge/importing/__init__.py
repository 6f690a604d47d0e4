"""Reads what other help centres give out, into articles as they are to stand here."""
