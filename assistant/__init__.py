"""Answers questions about liquidation in leveraged trading from dated, sourced rules."""

__version__ = "0.1.0"
