"""Rules about sql."""
