"""Rules about data factory."""
