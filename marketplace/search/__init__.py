"""Finding listings: what people's words mean, the index, who keeps it, and the pages and answers of the search."""
