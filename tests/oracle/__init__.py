"""An independent opinion: prices by bisection on equity minus requirement, from the raw rows of knowledge/venues/.

Nothing here imports the product. `python -m tests.oracle` writes knowledge/vectors/ again.
"""
