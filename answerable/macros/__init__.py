"""Texts that agents send often, and what is done with a ticket once one of them is sent."""
