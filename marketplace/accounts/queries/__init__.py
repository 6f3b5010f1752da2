"""Looking up people and what they sign in with."""
