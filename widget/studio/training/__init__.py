"""Training: a job of the worker makes a release of the content and measures it beside the one that answers now."""
