"""Derives the table of ARM bodies from the SDK's classes and Azure's published types: a step of an SDK upgrade."""
