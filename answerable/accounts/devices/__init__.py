"""Where people are signed in: sessions that say whose they are, and on what."""
