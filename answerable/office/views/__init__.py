"""The pages of the office, by what is changed there."""
