"""Rules about finops."""
