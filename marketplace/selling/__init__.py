"""Selling from a phone: drafts and photos that survive a cut, posting, the seller's desk, posting for others."""
