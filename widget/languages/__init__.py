"""Languages of the interface: gettext catalogues, and which language a visitor writes."""
