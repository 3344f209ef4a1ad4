"""The Databricks workspace and its objects."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.internet_addresses import never_calling
from infra.settings.access import Persona
from infra.settings.base import (
    AddressRange,
    Generation,
    Guid,
    Key,
    LoadingContext,
    Problem,
    SettingsModel,
)
from infra.settings.databricks import references
from infra.settings.databricks.clusters import InstancePool, InteractiveCluster
from infra.settings.databricks.git import GitCredential, GitFolder
from infra.settings.databricks.governance import Hardening, SecretScope
from infra.settings.databricks.jobs import Job
from infra.settings.databricks.machine_learning import (
    Experiment,
    LinkedCompute,
    MlTracking,
    ModelRegistry,
    ServingEndpoint,
)
from infra.settings.databricks.notifications import NotificationDestination
from infra.settings.databricks.packages import JobRequirements, PackageIndex
from infra.settings.databricks.permissions import Permissions
from infra.settings.databricks.policies import ClusterPolicy
from infra.settings.databricks.serverless import NetworkConnectivity
from infra.settings.databricks.smoke_tests import SmokeTests
from infra.settings.databricks.unity_catalog import UnityCatalog
from infra.settings.databricks.warehouses import SqlWarehouse


class DatabricksAuthentication(StrEnum):
    """How the deploying identity signs in to the workspace; pinned, so that no ambient variable decides."""

    AZURE_CLI = "azure-cli"
    AZURE_CLIENT_SECRET = "azure-client-secret"
    AZURE_MSI = "azure-msi"
    GITHUB_OIDC_AZURE = "github-oidc-azure"


class DatabricksContent(StrEnum):
    """Whether the objects inside the workspace are deployed too."""

    MANAGED = "managed"
    DEFERRED = "deferred"


class JobsCode(StrEnum):
    """Whether the notebooks and files that jobs name are in the repositories yet."""

    AWAITED = "awaited"
    RELEASED = "released"


class Databricks(SettingsModel):
    """A premium workspace in Hybrid compute mode without public IPs on its nodes."""

    generation: Generation = 1
    authentication: DatabricksAuthentication = DatabricksAuthentication.AZURE_CLI
    host: Annotated[str, Field(pattern=r"^https://adb-\d+\.\d+\.azuredatabricks\.net$")] | None = None
    """Only with `authentication: github-oidc-azure`, which cannot look it up; known after the first `up`."""
    front_end_ip_ranges: list[AddressRange] = []
    """In private mode: public ranges whose people may still open the workspace in a browser. Must hold the
    deploying runner's address; empty = the front end is private too."""
    browser_authentication_endpoint: bool = True
    """In private mode: the endpoint by which people sign in through a browser. One serves every workspace of a region
    and a private DNS zone: false where another stack, or the hub, has it."""
    account_id: Guid | None = None
    """Of the Databricks account (accounts.azuredatabricks.net, under the user's name); needed with jobs and with
    git_credentials, whose principals' roles are the account's, and with network_connectivity."""
    owner_group: Annotated[str, Field(min_length=1, max_length=256)] | None = None
    """Display name of the account's group of all who deploy: the pipeline's identity, and the people who step
    in. It owns the objects in Unity Catalog, and may manage and use the jobs' principal. Needed with
    unity_catalog, jobs and git_credentials."""
    ci_application_id: Guid | None = None
    """Of the identity with which the pipeline deploys (az identity show --query clientId); needed with git_credentials
    of owner deployer."""
    plan_application_id: Guid | None = None
    """Of the identity with which a deployment is planned, to make it a member of the workspace (az identity show
    --query clientId)."""
    preview_application_id: Guid | None = None
    """Of the identity with which pull requests preview, where they do so for real (az identity show --query
    clientId)."""
    drift_application_id: Guid | None = None
    """Of the identity with which the nightly drift reads, to make it an admin of the workspace, since nobody
    else reads permissions and settings (az identity show --query clientId). Put it into owner_group too.
    Without it, drift cannot read Databricks."""
    smoke_tests: SmokeTests | None = None
    """Not in prod: the code of a branch has no place there."""
    metastore_id: Guid | None = None
    """Of the metastore to assign to the workspace, by a deployer who is an account admin. Default: the
    account assigns the metastore of the region to each new workspace, or an account admin has assigned it."""
    content: DatabricksContent = DatabricksContent.MANAGED
    """`deferred`: the first `up` creates only the workspace, from anywhere; change to `managed` for a second
    `up` from inside the network."""
    code: JobsCode = JobsCode.AWAITED
    """`released`: the git folders' branches and tags hold every notebook and file that jobs name. Until then no job has
    its trigger, and a release starts no trigger of a pipeline that runs on Databricks: nothing fails every night."""
    link_ml_workspace: bool | None = None
    """Track runs in the ML workspace too. One to one, and changing it replaces the workspace. Default: true where
    there is ml, and in network.mode: public."""
    jobs_service_principal_application_id: Guid
    """The Entra application that jobs run as (az ad sp list --display-name NAME --query '[].appId')."""
    jobs_service_principal_object_id: Guid | None = None
    """The same one's object id, which Azure roles are given to (az ad sp show --id APPLICATION_ID --query id);
    needed with ml_tracking."""
    databricks_application_object_id: Guid | None = None
    """Object id of AzureDatabricks in the tenant (az ad sp show --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d
    --query id); needed with secret_scopes, which it reads for the workspace."""
    network_connectivity: NetworkConnectivity | None = None
    """In private mode serverless compute reaches our data only through one."""
    hardening: Hardening = Hardening()
    workspace_local_groups: list[Persona] = []
    """Personas whose group this workspace makes, for an account without Entra synchronisation: its members are
    kept by hand, and Unity Catalog cannot grant it anything. All others are Entra groups (access.personas)."""
    secret_scopes: dict[Key, SecretScope] = {}
    cluster_policies: dict[Key, ClusterPolicy] = {}
    pools: dict[Key, InstancePool] = {}
    clusters: dict[Key, InteractiveCluster] = {}
    git_credentials: dict[Key, GitCredential] = {}
    """One for each provider and owner."""
    git_folders: dict[Key, GitFolder] = {}
    """Checked out below /Repos/production."""
    production_folder_permissions: Permissions = {}
    """Personas that may read and run every git folder; only CI changes them."""
    package_index: PackageIndex | None = None
    """The index from which clusters and jobs install Python packages, such as your own mirror. Default: pip's
    public index. Clusters ask it without signing in."""
    job_requirements: JobRequirements | None = None
    """Packages that Python tasks of jobs install, by hash instead of by name; with ml_tracking the lock holds
    azureml-mlflow and azure-ai-ml too."""
    notification_destinations: dict[Key, NotificationDestination] = {}
    jobs: dict[Key, Job] = {}
    sql_warehouses: dict[Key, SqlWarehouse] = {}
    unity_catalog: UnityCatalog | None = None
    experiments: dict[Key, Experiment] = {}
    model_registry: ModelRegistry | None = None
    """Where jobs register models; serving and promotion read from the same place. Default: azureml where
    there is ml, else unity_catalog."""
    ml_tracking: MlTracking | None = None
    """How jobs sign in to Azure ML; without it they would wait for a device login."""
    linked_compute: LinkedCompute | None = None
    serving_endpoints: dict[Key, ServingEndpoint] = {}
    """Databricks model serving, on serverless compute."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        needs_host = self.authentication is DatabricksAuthentication.GITHUB_OIDC_AZURE
        if needs_host and self.host is None:
            yield Problem(
                "host", "is needed with authentication: github-oidc-azure; https://adb-….azuredatabricks.net"
            )
        if not needs_host and self.host is not None:
            yield Problem(
                "host",
                f"is not used with authentication: {self.authentication}, which looks it up; remove it",
            )
        for text in self.front_end_ip_ranges:
            if (taken := never_calling(ipaddress.IPv4Network(text))) is not None:
                yield Problem(
                    "front_end_ip_ranges",
                    f"{text} is in {taken}, which no request from the internet comes from; give the public range that "
                    "your people's traffic leaves from",
                )
        yield from references.problems(self)

    @property
    def deployed_jobs(self) -> dict[str, Job]:
        """The jobs as they are made: without what starts them while their code is awaited."""
        if self.code is JobsCode.RELEASED:
            return self.jobs
        return {key: job.model_copy(update={"trigger": None}) for key, job in self.jobs.items()}

    @property
    def own_vaults(self) -> tuple[str, ...]:
        """Keys of the secret scopes for which this deployment makes a vault: with the content."""
        if self.content is DatabricksContent.DEFERRED:
            return ()
        return tuple(key for key, scope in self.secret_scopes.items() if scope.key_vault_resource_id is None)

    @property
    def starts_jobs(self) -> bool:
        """Whether a pipeline of Data Factory finds the jobs that it runs, and those find their code."""
        return self.content is DatabricksContent.MANAGED and self.code is JobsCode.RELEASED
