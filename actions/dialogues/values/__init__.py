"""What people write for a value: numbers, amounts, lengths of time, days, choices."""
