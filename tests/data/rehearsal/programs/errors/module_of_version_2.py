# ends: crash it is monitor
"""Ends with one message that says what helps."""

from pulumi_azure_native import insights
