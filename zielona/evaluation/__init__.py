"""`zielona evaluate`: how right the assistant is, on questions that nothing is trained on or tuned to."""
