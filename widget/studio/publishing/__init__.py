"""Publishing of releases: who may, what was ordered, and trials on a share of the conversations."""
