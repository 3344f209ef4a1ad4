"""Rules about retirements."""
