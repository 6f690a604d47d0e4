"""The people of a customer as their Super Admins manage them, and the log of that."""
