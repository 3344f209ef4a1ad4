"""Key vaults, registries, identities, role assignments, budgets, monitoring, and names of everything."""
