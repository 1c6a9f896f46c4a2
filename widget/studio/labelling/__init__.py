"""What people wrote and the assistant did not get, labelled by editors."""
