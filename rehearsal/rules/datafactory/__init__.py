"""Azure Data Factory."""
