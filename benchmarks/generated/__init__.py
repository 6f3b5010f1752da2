"""A province full of listings: real villages, words of the trade, and a long tail of names as people and brands have.

What it makes follows from the seed alone, so that every run measures the same. As in real life few words, things,
villages and sellers make up most of it (Zipf's law).
"""
