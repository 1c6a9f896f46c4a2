"""The Flask application: public chat API, web component, storage."""
