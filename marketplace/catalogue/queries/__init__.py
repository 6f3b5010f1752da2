"""Reading listings: what lists show, what a page of one listing shows, and how much there is."""
