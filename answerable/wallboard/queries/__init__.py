"""What each tile of the wallboard shows, read for it alone."""
