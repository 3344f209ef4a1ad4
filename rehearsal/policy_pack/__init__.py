"""Policy packs: any Pulumi policy pack in Python, run as its own process through the SDK's analyzer protocol."""
