"""Rules about ai services."""
