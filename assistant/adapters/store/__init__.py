"""Where conversations are kept: one SQLite file."""
