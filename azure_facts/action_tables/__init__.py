"""The rows of `azure_facts.actions`, one file for each kind of service."""
