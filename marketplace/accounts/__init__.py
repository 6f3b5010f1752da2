"""People with an account, how they sign in, and which office they hold."""
