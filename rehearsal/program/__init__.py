"""The program under rehearsal: its project and stack files, its configuration, and running it unchanged."""
