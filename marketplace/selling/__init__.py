"""Selling: the seller's desk, edits that wait for the KIM, what is asked when nobody has been heard of for long."""
