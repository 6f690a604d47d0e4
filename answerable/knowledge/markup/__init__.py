"""The Markdown of articles: how it is read, and how it becomes HTML."""
