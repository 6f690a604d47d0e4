"""The design room: everything that pages are made from. It knows no other room but lib."""
