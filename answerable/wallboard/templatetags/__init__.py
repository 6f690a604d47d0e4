"""Words of the wallboard in templates."""
