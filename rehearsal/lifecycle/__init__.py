"""The acts of a platform's life, each by the identity that performs it."""
