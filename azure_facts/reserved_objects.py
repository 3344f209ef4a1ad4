"""Names that a service keeps for objects of its own."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
SQL = Source("learn.microsoft.com sql/relational-databases/databases/system-databases", _READ)
SYSTEM_DATABASES = ("master", "model", "msdb", "tempdb")
SHARED_METADATA = Source("learn.microsoft.com synapse-analytics/metadata/database (shared database)", _READ)
SPARK_DATABASE = "default"
"""Of Synapse's Spark; serverless SQL shows it under this name."""
DATASTORES = Source("learn.microsoft.com machine-learning/how-to-datastore", _READ)
BORN_DATASTORES = (
    "workspaceblobstore",
    "workspacefilestore",
    "workspaceartifactstore",
    "workspaceworkingdirectory",
)
"""What every workspace of Azure ML has from its first moment."""
INSTANCE_TYPES = Source("learn.microsoft.com machine-learning/how-to-manage-kubernetes-instance-types", _READ)
DEFAULT_INSTANCE_TYPE = "defaultinstancetype"
"""The instance type of a deployment that names none; a custom resource of this name takes the place of Azure ML's
own."""
