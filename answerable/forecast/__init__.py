"""What the next hour is likely to bring, how good that was, and who looks at it on a wall."""
