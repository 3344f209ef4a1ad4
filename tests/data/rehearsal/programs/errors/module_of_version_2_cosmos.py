# ends: crash it is cosmosdb
"""Ends with one message that says what helps."""

import pulumi_azure_native.documentdb
