"""Changes of editors who may not publish alone, and their approval by a second person."""
