"""Reads made for customers' pages. What a customer must not see is not read here at all."""
