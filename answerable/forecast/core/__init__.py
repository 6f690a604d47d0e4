"""The rules of forecasts: what arrives, and the queue run forward. Pure."""
