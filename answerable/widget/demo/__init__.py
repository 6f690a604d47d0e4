"""A product of a vendor, made up, with the widget in it: in a demonstration only."""
