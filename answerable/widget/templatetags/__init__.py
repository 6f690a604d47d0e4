"""Template tags of the widget."""
