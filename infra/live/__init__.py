"""The real cloud as preflight and verify ask it: the session of who is signed in, and what a failure means.

Needs the packages of `requirements-preflight.txt`.
"""
