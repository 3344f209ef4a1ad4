"""Data: the lake, what fills it, and where people and programs read from."""
