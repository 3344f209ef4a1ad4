"""Rules about databricks."""
