"""The parts of `benchmarks/search.py`: what is asked, of which index, directly and over HTTP, and the report."""
