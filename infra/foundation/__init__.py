"""What everything else stands on: the resource group, logs, and the budget."""
