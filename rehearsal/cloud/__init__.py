"""The simulated cloud: what Azure Resource Manager and Databricks answer, as data per type."""
