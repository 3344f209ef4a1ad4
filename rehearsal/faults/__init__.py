"""Faults that a first deployment meets, put into the simulated cloud at a chosen step or by a seed."""
