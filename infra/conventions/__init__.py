"""Conventions every component follows: names, tags, ARM ids, roles, known values, retries.

Pure functions over tables. Imports only the standard library, and the Pulumi SDK in `known` and `retry`, so
that the policy pack can use the rest without loading a provider.
"""
