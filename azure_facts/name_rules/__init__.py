"""What Azure and Databricks allow as names. What this project calls its own resources is not decided here."""
