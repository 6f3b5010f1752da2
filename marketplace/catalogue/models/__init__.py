"""Rows of the catalogue: categories, listings with their two kinds, their photos, and derived counts."""
