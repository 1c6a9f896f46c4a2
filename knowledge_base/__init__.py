"""Passages of law in plain words, the Polish language pipeline, the index and the search service."""
