"""What the identities of data and apps may do: Databricks, Data Factory, Synapse, the lake's backup, apps, keys."""

from __future__ import annotations

from azure_facts.roles import Role
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.identity_row import IdentityRow
from infra.access.table import AccessScope
from infra.conventions.custom_roles import CustomRole

_SCOPE = AccessScope

DATA_ROWS: tuple[IdentityRow, ...] = (
    IdentityRow(
        IdentityPurpose.DATABRICKS_JOBS,
        _SCOPE.ML_WORKSPACE,
        CustomRole.ML_RUN_TRACKER,
        "jobs log runs and register models",
        Condition.TRACKING,
    ),
    IdentityRow(
        IdentityPurpose.DATABRICKS_PEOPLE,
        _SCOPE.ML_WORKSPACE,
        CustomRole.ML_RUN_TRACKER,
        "notebooks log runs and register models",
        Condition.PEOPLE_TRACKING,
    ),
    # A role-based vault needs it; on an access-policy vault Databricks would add the policy itself
    # (terraform-provider-databricks docs/resources/secret_scope.md).
    IdentityRow(
        IdentityPurpose.DATABRICKS_APPLICATION,
        _SCOPE.KEY_VAULT,
        Role.KEY_VAULT_SECRETS_USER,
        "Databricks reads secrets for its Key Vault-backed scope",
        Condition.SECRET_SCOPE,
    ),
    IdentityRow(
        IdentityPurpose.DATABRICKS_CONNECTOR,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_READER,
        "Unity Catalog reads the location",
        Condition.READ_LOCATION,
    ),
    IdentityRow(
        IdentityPurpose.DATABRICKS_CONNECTOR,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "Unity Catalog reads and writes the location",
        Condition.WRITTEN_LOCATION,
    ),
    IdentityRow(
        IdentityPurpose.DATA_FACTORY,
        _SCOPE.KEY_VAULT_SECRET,
        Role.KEY_VAULT_SECRETS_USER,
        "a source's linked service names the secret",
        Condition.SOURCE_SECRET,
    ),
    # learn.microsoft.com data-factory compute-linked-services, Azure Databricks with a managed identity
    IdentityRow(
        IdentityPurpose.DATA_FACTORY_DATABRICKS,
        _SCOPE.DATABRICKS_WORKSPACE,
        Role.CONTRIBUTOR,
        "pipelines start jobs; Databricks makes it an admin of the workspace",
        Condition.DATA_FACTORY,
    ),
    IdentityRow(
        IdentityPurpose.DATA_FACTORY,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_READER,
        "pipelines copy from the zone",
        Condition.PIPELINE_READS,
    ),
    IdentityRow(
        IdentityPurpose.DATA_FACTORY,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "pipelines copy to the zone",
        Condition.PIPELINE_WRITES,
    ),
    IdentityRow(
        IdentityPurpose.DATA_FACTORY,
        _SCOPE.ML_WORKSPACE,
        Role.AZUREML_DATA_SCIENTIST,
        "pipelines start batch scoring and wait for it",
        Condition.BATCH_ENDPOINT,
    ),
    IdentityRow(
        IdentityPurpose.DATA_FACTORY,
        _SCOPE.SYNAPSE_SQL_POOL,
        Role.CONTRIBUTOR,
        "a pipeline pauses the pool",
        Condition.POOL_PAUSES,
    ),
    # azure_facts.data_lake_backup, GRANTS
    IdentityRow(
        IdentityPurpose.BACKUP_VAULT,
        _SCOPE.LAKE_ACCOUNT,
        Role.STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR,
        "the vault copies the lake every day",
        Condition.LAKE_BACKUP,
    ),
    # learn.microsoft.com synapse-analytics how-to-grant-workspace-managed-identity-permissions
    IdentityRow(
        IdentityPurpose.SYNAPSE,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "the workspace keeps its own files",
        Condition.SYNAPSE_OWN_FILES,
    ),
    IdentityRow(
        IdentityPurpose.SYNAPSE,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_READER,
        "views read the tables under them",
        Condition.SYNAPSE_READS,
    ),
    IdentityRow(
        IdentityPurpose.APP,
        _SCOPE.ML_WORKSPACE,
        CustomRole.ML_ENDPOINT_CALLER,
        "the app calls the scoring endpoints",
        Condition.APP_CALLS,
    ),
    IdentityRow(
        IdentityPurpose.AI_SERVICES,
        _SCOPE.KEY_VAULT_SECRET,
        Role.KEY_VAULT_SECRETS_USER,
        "the container's pod reads its account's key",
        Condition.AI_SERVICE_ON_AKS,
    ),
    IdentityRow(
        IdentityPurpose.APP,
        _SCOPE.CONTAINER_REGISTRY,
        Role.ACR_PULL,
        "the app's image is pulled",
        Condition.APP,
    ),
    # Wraps and unwraps with the key, and nothing else (learn.microsoft.com customer-managed keys of each service)
    *(
        IdentityRow(
            identity,
            _SCOPE.ENCRYPTION_KEY_VAULT,
            Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER,
            reason,
            Condition.CUSTOMER_MANAGED_KEY,
        )
        for identity, reason in (
            (IdentityPurpose.ENCRYPTION, "services encrypt with the key"),
            (IdentityPurpose.SYNAPSE, "Synapse encrypts its pools and pipelines"),
            (IdentityPurpose.DATABRICKS_APPLICATION, "Databricks encrypts notebooks and secrets"),
            (IdentityPurpose.DATABRICKS_DISKS, "Databricks encrypts disks"),
            (IdentityPurpose.DATABRICKS_STORAGE, "the workspace's storage encrypts the DBFS root"),
        )
    ),
)
