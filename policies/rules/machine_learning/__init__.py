"""Rules about machine learning."""
