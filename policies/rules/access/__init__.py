"""Rules about access."""
