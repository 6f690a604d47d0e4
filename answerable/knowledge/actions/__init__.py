"""Everything that writes articles, and what becomes of them."""
