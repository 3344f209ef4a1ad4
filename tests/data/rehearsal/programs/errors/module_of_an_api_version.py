# ends: crash pulumi package add azure-native storage v20230101
"""Ends with one message that says what helps."""

from pulumi_azure_native.storage import v20230101
