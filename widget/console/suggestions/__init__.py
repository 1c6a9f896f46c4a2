"""Suggested answers: where they come from, what became of them, and whether their law is in force."""
