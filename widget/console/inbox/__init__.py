"""The inbox: what waits for a human, who is at it, and what was done about it."""
