"""Who may do what with drafts, listings of a seller, and posts for others."""
