"""Promotion: the gate that a model passes, and the registry that it goes to."""
