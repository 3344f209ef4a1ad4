"""Rules of Synapse."""
