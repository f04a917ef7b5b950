"""Serves the pages that programs of the same machine may ask for: /health and /metrics."""
