"""Exact margin mathematics in plain Python and Decimal: one solver, right or refuse."""
