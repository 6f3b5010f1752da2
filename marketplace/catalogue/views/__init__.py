"""The pages of products, attractions and the lists of them."""
