"""Gives what other people's scanners find in an export to the lines of the program that declared it."""
