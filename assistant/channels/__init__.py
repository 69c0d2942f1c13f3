"""Payload to Message and SealedAnswer to payload, nothing else."""
