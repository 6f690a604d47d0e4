"""Account cards: what the vendor's own systems say of a ticket's customer."""
