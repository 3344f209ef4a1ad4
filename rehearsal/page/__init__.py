"""A stack's rehearsal as one HTML page that opens without network."""
