# ends: crash DiagnosticsLogSettingsArgs
"""Two types of a name in one module have longer names in version 3."""

from pulumi_azure_native import monitor

FOUND = monitor.LogSettingsArgs(enabled=True)
