"""Reading what a person sells."""
