"""The rules of chats. Pure."""
