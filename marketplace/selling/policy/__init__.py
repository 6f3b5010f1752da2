"""Who may do what with the listings of a seller."""
