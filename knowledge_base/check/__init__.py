"""`zielona check-content`: finds what an editor can break, with file and line."""
