"""Databricks: the workspace and its objects."""
