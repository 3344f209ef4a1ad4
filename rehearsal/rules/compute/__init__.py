"""Rules of virtual machines of any service."""
