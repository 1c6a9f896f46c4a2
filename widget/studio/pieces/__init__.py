"""Passages and amounts in the studio, and what of the content is due for another check."""
