"""What sellers do with what they sell: mark, price, edit, put away."""
