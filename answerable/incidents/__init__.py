"""What goes wrong for many customers at once: what they are told, and who follows it."""
