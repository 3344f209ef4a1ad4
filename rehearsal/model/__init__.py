"""The words of every other room: resource, request, answer, URN, path, value, finding, world, inventory, exit code.

Imports none of the other rooms of `rehearsal`.
"""
