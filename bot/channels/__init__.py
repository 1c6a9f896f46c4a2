"""Ways into the bot."""
