"""Databricks: the workspace in Azure, its provider, clusters, pools, jobs and objects."""
