"""The consultant's console."""
