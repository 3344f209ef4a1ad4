"""Rules about container registry."""
