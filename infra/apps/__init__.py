"""Apps on top of the platform."""
