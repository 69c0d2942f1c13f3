"""Text in, Reading out: what was said, where it stands, what did not match."""
