"""Calculators of labour law: plain functions over dates and amounts."""
