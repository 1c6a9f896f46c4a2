"""What a contact centre has to know: roll-ups of events, figures, the dashboard and reports."""
