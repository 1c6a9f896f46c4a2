"""Measurements; each prints a table and compares side by side in one run. None fails a test."""
