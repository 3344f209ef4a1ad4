"""Requirements: what a declared resource needs to function, with or without promises. One file a service."""
