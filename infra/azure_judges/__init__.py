"""What Azure itself says of a stack before `pulumi up`: which policies are assigned, whether its deployment is valid.

Reads and asks only; nothing is created. Needs the packages of `requirements-preflight.txt`.
"""
