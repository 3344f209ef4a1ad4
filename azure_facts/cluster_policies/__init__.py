"""Databricks' cluster policies: their definition language, and what a policy makes of a cluster."""
