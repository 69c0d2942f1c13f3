"""Results in, sealed answers out; every word comes from prompts/."""
