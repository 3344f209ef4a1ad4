"""Rules of virtual machines, whatever service runs them."""
