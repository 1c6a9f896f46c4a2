"""Answers by e-mail, and what visitors say of them."""
