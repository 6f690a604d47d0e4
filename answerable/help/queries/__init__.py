"""What the help centre's pages show."""
