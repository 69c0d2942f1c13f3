"""Measures what a turn costs."""
