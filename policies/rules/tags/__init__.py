"""Rules about tags, names and regions."""
