"""Rules about databricks workspace."""
