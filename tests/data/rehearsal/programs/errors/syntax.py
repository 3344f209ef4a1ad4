# ends: crash __main__.py
"""Ends with one message that says what helps."""

resources = (
