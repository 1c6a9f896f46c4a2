"""Guided dialogues: forms that lead a person to the end of a case."""
