"""What a visitor hands over to a human: tickets, their business hours, the contact form, exports."""
