"""What the promises of speed are measured with; each file says how it is run and what it promises."""
