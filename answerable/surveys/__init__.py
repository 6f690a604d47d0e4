"""Asking customers how it went, once their request is resolved, and what they answer."""
