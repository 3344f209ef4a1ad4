# ends: crash pulumi_azure_native.privatedns
"""Ends with one message that says what helps."""

from pulumi_azure_native.network import PrivateZone
