"""What others made, served apart from our pages: files, HTML of mails, pictures of the web."""
