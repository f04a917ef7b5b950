"""What programs of the same machine may ask the running bot: /health and /metrics."""
