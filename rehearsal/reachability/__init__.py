"""Reachability: whether a place reaches a door on the network that a program declares, names included."""
