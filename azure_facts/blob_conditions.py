"""Conditions on a role's assignment that narrow what it opens in a storage account.

They narrow data operations alone: the same role may delete a container, which is an operation of the account
(learn.microsoft.com azure/storage/blobs/storage-auth-abac-attributes, read 2026-11-30).
"""

from __future__ import annotations

CONDITION_VERSION = "2.0"
"""The only one (learn.microsoft.com azure/role-based-access-control/conditions-role-assignments-rest)."""

RUN_ARTIFACTS_CONTAINER = "azureml"
"""Of an ML workspace's account: what runs log, and with it every model that a run registers, at
ExperimentRun/dcid.RUN (datastore `workspaceartifactstore`). Clients write it through the workspace, by addresses that
it signs; what people upload themselves goes to `workspaceblobstore` (ansible-collections/azure azure_rm_ml_model.py,
sample of a model from a local file, read 2026-11-30)."""

_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
_CHANGING = ("write", "add/action", "delete", "move/action")
_CONTAINER_NAME = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]"


def no_writing_in(container: str) -> str:
    """Everything that the role allows but for changing blobs of one container."""
    others = " AND ".join(f"!(ActionMatches{{'{_BLOBS}/{operation}'}})" for operation in _CHANGING)
    return f"(({others}) OR ({_CONTAINER_NAME} StringNotEquals '{container}'))"
