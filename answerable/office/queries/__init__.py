"""What the pages of the office show, read from the rooms below."""
