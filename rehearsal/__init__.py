"""Rehearse a Pulumi deployment to Azure and Databricks without cloud, credentials or network."""
