"""How people write Indonesian on a phone, and what they mean: used alike for documents and for queries.

A *word* is what stands in the text, lower case and without accents; its *root* is what all spellings and forms of it
share; a *meaning* is a group of words that a buyer does not tell apart. The tables in `data/` are read line by line.
"""
