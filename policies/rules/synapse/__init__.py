"""Rules about synapse."""
