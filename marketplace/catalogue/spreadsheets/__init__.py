"""Listings as spreadsheets: how a Dinas brings what it already has, and takes it out again.

A *table* is a spreadsheet read as text; a *field* is what one column means for one kind of listing; a *fault* is
something to put right, named by row and column; a *draft* is a row that has been understood and not yet saved.
"""
