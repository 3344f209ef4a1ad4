"""Rules about what a subscription has: groups, providers, names and quotas."""
