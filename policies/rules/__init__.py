"""The rules, one per file, in the folder of their service."""
