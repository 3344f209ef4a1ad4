"""The real cloud as preflight and verify ask it: the session of who is signed in, and each failure as one kind of a few.

Needs the packages of `requirements-preflight.txt`.
"""
