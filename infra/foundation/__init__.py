"""The foundation of everything else: the resource group, logs, and the budget."""
