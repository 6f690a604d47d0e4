"""Rules: what is done with tickets by itself, when something happens or a time has passed."""
