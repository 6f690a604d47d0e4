"""Mailboxes of IMAP servers, followed: each mail that comes is stored, and stays or moves."""
