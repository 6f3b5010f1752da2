"""Listings: what a village sells (products) and shows (attractions), their categories, and the spreadsheet import."""
