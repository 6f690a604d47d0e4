"""Looking back, for leads: which promises were kept, and what is owed for the others."""
