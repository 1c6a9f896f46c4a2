"""What editors write: acts, amounts, topics and passages. Needs PyYAML only, so that both environments read it."""
