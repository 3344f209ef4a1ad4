"""Requirements: what a declared resource needs to function, whatever the program promises. One file a service."""
