"""Real-time scoring: AKS, its attachment to the ML workspace, the online endpoints."""
