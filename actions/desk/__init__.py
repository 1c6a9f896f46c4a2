"""Calculators and the office finder for staff, over HTTP on loopback."""
