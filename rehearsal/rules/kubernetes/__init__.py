"""Azure Kubernetes Service and the Azure ML extension on it."""
