"""Releases in slots: what runs where, the switch from one to the other, and trials. See docs/architecture.md."""
