"""Partners that carry the assistant on their pages: registry, origins, what the widget is told, embed codes."""
