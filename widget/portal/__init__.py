"""The web component and a demo page that embeds it."""
