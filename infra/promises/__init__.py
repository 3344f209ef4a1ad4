"""What the platform promises, to whom: computed from its settings, exported as the output `promises`."""
