"""Reads for the pages on which articles are written."""
