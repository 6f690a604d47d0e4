"""The rules of calls. Pure."""
