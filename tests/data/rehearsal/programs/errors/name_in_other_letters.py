# ends: crash pulumi_azure_native.network has IPAllocationMethod
"""Version 3 writes some names of version 2 in other letters."""

from pulumi_azure_native import network

FOUND = network.IpAllocationMethod.STATIC
