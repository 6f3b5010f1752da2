"""Example data for a first look around: KIM, businesses, listings and accounts that do not exist, marked as such.

The last feature of all: it is made through what the other features offer, above all the spreadsheet import.
"""
