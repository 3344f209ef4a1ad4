"""Our own choices, which every component follows: names, tags, custom roles, known values, retries.

What Azure itself is, is in `azure_facts`. Pure functions over tables. Imports only the standard library, and the Pulumi
SDK in `known` and `retry`, so that the policy pack can use the rest without loading a provider.
"""
