"""The simulated cloud as Pulumi resource providers: what the real engine attaches to."""
