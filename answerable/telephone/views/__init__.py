"""What the telephone provider is answered."""
