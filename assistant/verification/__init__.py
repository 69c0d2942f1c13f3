"""Worked examples and generated ones, run through the product's own calculation and compared with what they expect."""
