"""Machines that translate, each asked by its own HTTP API."""
