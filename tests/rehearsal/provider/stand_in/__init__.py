"""A stand-in for the engine: small, in Python, and only as true as the pages of it that each part names."""
