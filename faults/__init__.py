"""Kills everything at random, many times, and looks whether anything was lost."""
