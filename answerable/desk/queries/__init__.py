"""Reads made for pages of the desk, each with a known number of queries."""
