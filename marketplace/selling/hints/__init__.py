"""What is proposed to somebody who sells: the category, the price and the unit of what is called like this."""
