"""The pages where people come in."""
