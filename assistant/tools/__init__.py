"""The deterministic tools: arguments in, Result out."""
