"""The real Pulumi engine on the simulated cloud, driven through the SDK's Automation API."""
