"""Databricks: the workspace and what stands in it."""
