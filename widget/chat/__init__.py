"""A conversation: input, masking, the steps of a turn, outcomes, the public API."""
