"""Ways in for customers: what they are asked and offered, and what is sent once."""
