"""Command line, settings and process management."""
