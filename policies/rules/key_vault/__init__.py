"""Rules about key vault."""
