"""What Azure ML's own identities may do, and those of what scores: workspace, jobs, endpoints, AKS."""

from __future__ import annotations

from azure_facts.blob_conditions import RUN_ARTIFACTS_CONTAINER, no_writing_in
from azure_facts.kubernetes_scoring import ROLES_ON_CLOSED_STORAGE
from azure_facts.roles import Role
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.identity_row import IdentityRow
from infra.access.table import AccessScope
from infra.conventions.custom_roles import CustomRole

_WORKSPACE, _COMPUTE, _SCORING = (
    IdentityPurpose.ML_WORKSPACE,
    IdentityPurpose.ML_COMPUTE,
    IdentityPurpose.SCORING,
)
_SCOPE = AccessScope
_APPROVER = Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER
_WORKS = "the workspace manages the services that it uses"
_APPROVES = "the managed network's private endpoints are approved"
_ATTACHES = "the workspace attaches the cluster and deploys to it"
_NOT_MODELS = no_writing_in(RUN_ARTIFACTS_CONTAINER)
"""What scores takes input from outside. It reads what runs registered; if it could write it, a request that takes the
container over would change the next model."""

ML_ROWS: tuple[IdentityRow, ...] = (
    # learn.microsoft.com how-to-identity-based-service-authentication, user-assigned managed identity
    IdentityRow(_WORKSPACE, _SCOPE.ML_STORAGE, Role.CONTRIBUTOR, _WORKS),
    IdentityRow(_WORKSPACE, _SCOPE.ML_STORAGE, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, _WORKS),
    IdentityRow(_WORKSPACE, _SCOPE.KEY_VAULT, Role.CONTRIBUTOR, _WORKS),
    IdentityRow(_WORKSPACE, _SCOPE.KEY_VAULT, Role.KEY_VAULT_ADMINISTRATOR, _WORKS),
    IdentityRow(_WORKSPACE, _SCOPE.CONTAINER_REGISTRY, Role.CONTRIBUTOR, _WORKS),
    IdentityRow(_WORKSPACE, _SCOPE.APPLICATION_INSIGHTS, Role.CONTRIBUTOR, _WORKS),
    IdentityRow(_WORKSPACE, _SCOPE.ML_WORKSPACE, Role.CONTRIBUTOR, "manages compute in its own workspace"),
    # learn.microsoft.com how-to-managed-network, approval of private endpoints
    IdentityRow(_WORKSPACE, _SCOPE.ML_STORAGE, _APPROVER, _APPROVES, Condition.MANAGED_NETWORK),
    IdentityRow(_WORKSPACE, _SCOPE.KEY_VAULT, _APPROVER, _APPROVES, Condition.MANAGED_NETWORK),
    IdentityRow(_WORKSPACE, _SCOPE.CONTAINER_REGISTRY, _APPROVER, _APPROVES, Condition.MANAGED_NETWORK),
    IdentityRow(_WORKSPACE, _SCOPE.LAKE_ACCOUNT, _APPROVER, _APPROVES, Condition.LAKE_IN_MANAGED_NETWORK),
    IdentityRow(_WORKSPACE, _SCOPE.ML_REGISTRY, _APPROVER, _APPROVES, Condition.REGISTRY_IN_MANAGED_NETWORK),
    IdentityRow(
        _WORKSPACE, _SCOPE.PRIVATE_LINK_SCOPE, _APPROVER, _APPROVES, Condition.MONITOR_IN_MANAGED_NETWORK
    ),
    IdentityRow(_WORKSPACE, _SCOPE.DATA_ACCOUNT, _APPROVER, _APPROVES, Condition.ACCOUNT_IN_MANAGED_NETWORK),
    # learn.microsoft.com how-to-managed-network, Azure Machine Learning studio
    IdentityRow(
        _WORKSPACE, _SCOPE.PRIVATE_ENDPOINT, Role.READER, "the studio shows data of an account that is closed"
    ),
    # learn.microsoft.com how-to-administrate-data-authentication, view data from the studio
    IdentityRow(
        _WORKSPACE,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_READER,
        "the studio shows what is in the datastore",
        Condition.DATASTORE,
    ),
    # learn.microsoft.com how-to-attach-kubernetes-to-workspace: without the first attaching says "extension not
    # installed", without the second "internal server error"; Contributor is for trusted access, and includes the Reader
    # that the page asks for
    IdentityRow(_WORKSPACE, _SCOPE.AKS, Role.KUBERNETES_EXTENSION_CONTRIBUTOR, _ATTACHES),
    IdentityRow(_WORKSPACE, _SCOPE.AKS, Role.AKS_CLUSTER_ADMIN, _ATTACHES),
    IdentityRow(_WORKSPACE, _SCOPE.AKS, Role.CONTRIBUTOR, _ATTACHES),
    IdentityRow(
        _COMPUTE, _SCOPE.ML_STORAGE, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "jobs read data, write outputs"
    ),
    IdentityRow(
        _COMPUTE, _SCOPE.ML_STORAGE, Role.STORAGE_TABLE_DATA_CONTRIBUTOR, "parallel runs keep their state"
    ),
    IdentityRow(
        _COMPUTE, _SCOPE.ML_STORAGE, Role.STORAGE_QUEUE_DATA_CONTRIBUTOR, "parallel runs hand out batches"
    ),
    IdentityRow(_COMPUTE, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PULL, "nodes pull training images"),
    IdentityRow(
        _COMPUTE,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_READER,
        "jobs read the datastore's container",
        Condition.READ_DATASTORE,
    ),
    IdentityRow(
        _COMPUTE,
        _SCOPE.DATA_CONTAINER,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "jobs read and write the datastore's container",
        Condition.WRITTEN_DATASTORE,
    ),
    IdentityRow(
        _COMPUTE,
        _SCOPE.ML_WORKSPACE,
        CustomRole.ML_HOUSEKEEPER,
        "the housekeeping job lists endpoints and archives runs",
        Condition.IDLE_REPORT,
    ),
    # learn.microsoft.com how-to-manage-registries, use assets from the registry; jobs run as the compute's identity
    IdentityRow(
        _COMPUTE,
        _SCOPE.ML_REGISTRY,
        CustomRole.ML_REGISTRY_READER,
        "jobs use promoted models",
        Condition.PROMOTED_IN_JOBS,
    ),
    # learn.microsoft.com how-to-disable-local-auth-storage, scenarios for role assignments: keys are off
    IdentityRow(
        IdentityPurpose.INSTANCE_OWNER,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR,
        "notebooks on the instance are opened as its owner",
        Condition.COMPUTE_INSTANCE,
    ),
    # learn.microsoft.com azure-monitor roles-permissions-security: reads alerts, changes none
    IdentityRow(
        IdentityPurpose.RETRAINING,
        _SCOPE.RESOURCE_GROUP,
        Role.MONITORING_READER,
        "retraining sees that its alert fired",
        Condition.RETRAINING,
    ),
    IdentityRow(
        IdentityPurpose.RETRAINING,
        _SCOPE.ML_WORKSPACE,
        Role.AZUREML_DATA_SCIENTIST,
        "retraining starts the training job",
        Condition.RETRAINING_IN_ML,
    ),
    IdentityRow(
        _SCORING,
        _SCOPE.ML_WORKSPACE,
        Role.READER,
        "scoring finds registered models when they are first asked for",
        Condition.MODELS_AT_SCORING,
    ),
    # Only a script that fetches models by itself: a deployment's own model is fetched without
    # (docs/decisions/0086)
    IdentityRow(
        _SCORING,
        _SCOPE.ML_REGISTRY,
        CustomRole.ML_REGISTRY_READER,
        "scoring finds promoted models when they are first asked for",
        Condition.PROMOTED_AT_SCORING,
    ),
    IdentityRow(_SCORING, _SCOPE.ML_STORAGE, Role.STORAGE_BLOB_DATA_READER, "scoring loads models"),
    IdentityRow(_SCORING, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PULL, "scoring pulls its image"),
    # azure_facts.data_collector: the default container's name is known to the service alone
    IdentityRow(
        _SCORING,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "the data collector keeps what is asked and answered",
        Condition.COLLECTS_DATA,
        _NOT_MODELS,
    ),
    # azure_facts.kubernetes_scoring
    IdentityRow(
        IdentityPurpose.ML_WORKSPACE_SYSTEM,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "closed storage lets the workspace in as a trusted service",
        Condition.CLOSED_STORAGE,
    ),
    *(
        IdentityRow(
            IdentityPurpose.SCORING_CLUSTER,
            _SCOPE.ML_STORAGE,
            role,
            "scoring reads closed storage",
            Condition.CLOSED_STORAGE,
            _NOT_MODELS if role is Role.STORAGE_BLOB_DATA_CONTRIBUTOR else None,
        )
        for role in ROLES_ON_CLOSED_STORAGE
    ),
    IdentityRow(
        IdentityPurpose.SCORING_CLUSTER,
        _SCOPE.CONTAINER_REGISTRY,
        Role.ACR_PULL,
        "scoring pulls its image",
        Condition.CLOSED_STORAGE,
    ),
    IdentityRow(
        IdentityPurpose.AKS,
        _SCOPE.AKS_SUBNET,
        Role.NETWORK_CONTRIBUTOR,
        "AKS joins its nodes and load balancers to the subnet",
        Condition.NO_API_SERVER_ZONE,
    ),
    # learn.microsoft.com aks/private-clusters, configuration options for private DNS: both before the cluster exists
    IdentityRow(
        IdentityPurpose.AKS,
        _SCOPE.AKS_API_ZONE,
        Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
        "AKS writes the API server's name",
        Condition.API_SERVER_ZONE,
    ),
    IdentityRow(
        IdentityPurpose.AKS,
        _SCOPE.AKS_NETWORK,
        Role.NETWORK_CONTRIBUTOR,
        "AKS links the API server's zone to the nodes' network, and joins its nodes to the subnet",
        Condition.API_SERVER_ZONE,
    ),
    IdentityRow(
        IdentityPurpose.AKS_NODES, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PULL, "nodes pull scoring images"
    ),
)
