"""How Twilio's calls are spoken of, and what their news comes to. Pure."""
