"""The words that every other room uses: resource, request, answer, URN, path, value, finding, world, inventory, exit code.

Imports none of the other rooms of `rehearsal`.
"""
