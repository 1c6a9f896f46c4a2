"""Custom actions of the bot. Thin: what they decide lives in `fallback` and `dates`, which need no Rasa."""
