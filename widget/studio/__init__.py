"""The content studio: editors change topics without a programmer, in the same files that an engineer would change."""
