"""Live chats: a consultant takes over a conversation, and the assistant is silent meanwhile."""
