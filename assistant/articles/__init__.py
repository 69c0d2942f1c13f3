"""The curated knowledge base: parsed, searched, never guessed."""
