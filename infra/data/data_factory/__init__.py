"""Data Factory: the factory, what it reaches, and what it runs."""
