"""What agents know of accounts, and tell each other."""
