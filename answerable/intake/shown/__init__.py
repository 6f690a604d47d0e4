"""What a customer is shown of a request, on whichever page."""
