"""The help widget: its script, its identity, its views."""
