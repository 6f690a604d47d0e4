"""What pages ask of articles."""
