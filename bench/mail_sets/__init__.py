"""What is expected of the real mails of ../shared/mail, one module a kind of set."""
