"""Answerable: the support desk for companies that sell guaranteed response times."""
