"""Who is who: the Entra groups and applications behind each persona, and who else is let in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.conventions.custom_roles import (
    CUSTOM_ROLES,
    OPERATION_PATTERN,
    CustomRole,
    escalations,
)
from infra.conventions.writing_roles import changes_something
from infra.settings.base import (
    ArmIdOf,
    Guid,
    Key,
    LoadingContext,
    Problem,
    RegionName,
    SecretName,
    SettingsModel,
)

EnvironmentName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,7}$")]


class Persona(StrEnum):
    """Who works with the platform. What each may do is the table `infra.access.table`."""

    PLATFORM_ADMIN = "platform_admin"
    ML_ENGINEER = "ml_engineer"
    DATA_SCIENTIST = "data_scientist"
    DATA_ENGINEER = "data_engineer"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    CI = "ci"


class PrincipalType(StrEnum):
    """What an object id names. Never a user: a person joins a group."""

    GROUP = "Group"
    SERVICE_PRINCIPAL = "ServicePrincipal"


class PersonaPrincipal(SettingsModel):
    """One Entra group, or one service principal or managed identity, by object id (not application id)."""

    object_id: Guid
    """A group: az ad group show --group NAME --query id. An application or a managed identity: az ad sp show --id
    APPLICATION_ID --query id."""
    principal_type: PrincipalType = PrincipalType.GROUP
    """`ci` is a ServicePrincipal, unless several share a group."""
    databricks_group: Annotated[str, Field(min_length=1, max_length=256)] | None = None
    """The group's display name, by which Databricks knows it (az ad group show --group OBJECT_ID --query
    displayName). Default: WORKLOAD-PERSONA-ENVIRONMENT."""


class CrossEnvironmentScope(StrEnum):
    """What another environment may be let read."""

    ML_STORAGE = "ml-storage"
    ML_WORKSPACE = "ml-workspace"
    """Models and jobs, to look at and to copy from: what the other side's promotion needs."""
    ML_REGISTRY = "ml-registry"
    LAKE_RAW = "lake-raw"
    LAKE_CURATED = "lake-curated"
    LAKE_FEATURES = "lake-features"
    LAKE_PREDICTIONS = "lake-predictions"


class CrossEnvironmentReader(SettingsModel):
    """A group of another environment that may read data of this one. The owner's side: it grants."""

    environment: EnvironmentName
    """The other environment, whose stack names this one in access.reads_from."""
    object_id: Guid
    """az ad group show --group NAME --query id."""
    principal_type: PrincipalType = PrincipalType.GROUP
    scopes: Annotated[list[CrossEnvironmentScope], Field(min_length=1)]
    """What it may read, read-only."""


class RegistryParts(SettingsModel):
    """Made by Azure with an ML registry, in the resource group azureml-rg-REGISTRY_GUID (learn.microsoft.com
    machine-learning/how-to-registry-network-isolation)."""

    storage_account_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")]
    container_registry_id: Annotated[str, ArmIdOf("Microsoft.ContainerRegistry/registries")]


class ReadingJobs(StrEnum):
    """Jobs of this stack that may read elsewhere, by what they run as."""

    DATABRICKS = "databricks"
    """`databricks.jobs_service_principal_object_id`."""
    ML_COMPUTE = "ml_compute"
    """The training clusters' identity (az identity show --name NAME --query principalId)."""


class ReadsFrom(SettingsModel):
    """Another environment whose data this one reads. The reader's side: it computes ids and grants nothing."""

    subscription_id: Guid
    """The other environment's subscription (az account show --query id)."""
    personas: list[Persona] = []
    """Whose groups of this stack read there; the other stack lists each in access.cross_environment_readers."""
    jobs: dict[ReadingJobs, Guid] = {}
    """Which of this stack's jobs read there, by object id; the other stack lists each as a ServicePrincipal."""
    scopes: Annotated[list[CrossEnvironmentScope], Field(min_length=1)]
    workload: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,9}$")] | None = None
    """Default: this stack's."""
    location: RegionName | None = None
    """Default: this stack's."""
    ml_storage_account_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")] | None = None
    """Only where the other stack was given its account, or built it anew (`generation`): az storage account show
    --name NAME --query id."""
    lake_account_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")] | None = None
    """The same for its lake."""
    readers_stand_in_its_network: bool = False
    """The other environment is private, and its readers are people at machines in its network or its hub.
    Nothing that runs in a public stack reaches it, with any role."""
    ml_compute_endpoints: bool = False
    """The road of ml_compute to a private environment: the ML workspace's managed network has endpoints to what scopes
    name. The other side's owner lets the workspace's identity approve them (docs/network.md)."""
    network_endpoints: bool = False
    """The road of databricks to a private environment, in network.mode: private: endpoints in this stack's network to
    what scopes name, which the other side's owner approves. A hub in common is no road: peering is not transitive."""
    registry_parts: RegistryParts | None = None
    """What the other side's ML registry keeps its files in; needed with endpoints and scope ml-registry."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if not self.personas and not self.jobs:
            yield Problem("personas", "is empty, and so is jobs; say who reads, or remove it")
        if self.ml_compute_endpoints and ReadingJobs.ML_COMPUTE not in self.jobs:
            yield Problem(
                "ml_compute_endpoints", "is true, and jobs names no ml_compute; add it, or give false"
            )
        if self.network_endpoints and ReadingJobs.DATABRICKS not in self.jobs:
            yield Problem("network_endpoints", "is true, and jobs names no databricks; add it, or give false")
        if (
            (self.ml_compute_endpoints or self.network_endpoints)
            and CrossEnvironmentScope.ML_REGISTRY in self.scopes
            and not self.registry_parts
        ):
            yield Problem(
                "registry_parts",
                "is missing; jobs fetch a registry's files from its own account and container registry: give both ids",
            )


class FederatedCredential(SettingsModel):
    """Tokens of another issuer that are accepted for an identity, instead of a secret."""

    issuer: Annotated[str, Field(pattern=r"^https://\S+$")]
    """The `iss` of the token, for example an AKS cluster's (az aks show --query oidcIssuerProfile.issuerUrl)."""
    subject: Annotated[str, Field(min_length=1, max_length=600)]
    """The `sub` of the token, for example system:serviceaccount:NAMESPACE:NAME."""
    audience: Annotated[str, Field(min_length=1, max_length=600)] = "api://AzureADTokenExchange"


class WorkloadRight(StrEnum):
    """What a program outside the platform may do in it; each is a row of `infra.access.table`."""

    RUN_ML_JOBS = "run-ml-jobs"
    OBSERVE_ML_JOBS = "observe-ml-jobs"
    CALL_ML_ENDPOINTS = "call-ml-endpoints"
    READ_ML_STORAGE = "read-ml-storage"
    READ_SECRETS = "read-secrets"


class Workload(SettingsModel):
    """What a program outside the platform may do in it."""

    rights: list[WorkloadRight] = []
    databricks_jobs: list[Key] = []
    """Keys of `databricks.jobs` that it may start, watch and cancel."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if not self.rights and not self.databricks_jobs:
            yield Problem("rights", "is empty, and so is databricks_jobs; say what it may do, or remove it")
        for name in ("rights", "databricks_jobs"):
            given: list[str] = getattr(self, name)
            for twice in sorted({item for item in given if given.count(item) > 1}):
                yield Problem(name, f"names {twice} twice; name it once")


class WorkloadIdentity(Workload):
    """An identity for a program outside the platform, such as an orchestrator; it has no secret."""

    federated_credentials: Annotated[dict[Key, FederatedCredential], Field(min_length=1, max_length=20)]
    """At most 20 on one identity (learn.microsoft.com workload-identity-federation-considerations)."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from super().check(context)
        seen: dict[tuple[str, str], str] = {}
        for key, credential in self.federated_credentials.items():
            other = seen.setdefault((credential.issuer, credential.subject), key)
            if other != key:
                yield Problem(
                    f"federated_credentials.{key}", f"has issuer and subject of {other}; keep one of the two"
                )


class WorkloadApplication(Workload):
    """An Entra application of yours for a program that has no issuer of tokens. Its secret lies in the platform's Key
    Vault with a date, and the monitoring emails hear 30 days before that date."""

    application_id: Guid
    """az ad app show --id APPLICATION_ID --query appId."""
    object_id: Guid
    """Of its service principal: az ad sp show --id APPLICATION_ID --query id."""
    secret_name: SecretName
    """In the platform's Key Vault (docs/orchestrators.md says how it comes there, and how it is renewed)."""


class Access(SettingsModel):
    """Everybody who has access. If one persona is given, every other must be given or listed under
    `without`."""

    personas: dict[Persona, PersonaPrincipal] = {}
    """Without this and `without`, only the deployer has access."""
    without: list[Persona] = []
    """Personas that do not exist in this environment: listed, so that a forgotten one is noticed."""
    custom_role_actions: dict[CustomRole, list[str]] = {}
    """Further operations of a custom role, each written out (az provider operation show --namespace
    Microsoft.MachineLearningServices)."""
    cluster_commands: list[Persona] = []
    """Who runs kubectl in the scoring cluster through Resource Manager (az aks command invoke), such as platform_admin:
    a way into a private cluster without its network. What a command may do is the persona's Kubernetes role. Needs
    `serving.cluster.run_command`."""
    cross_environment_readers: dict[Key, CrossEnvironmentReader] = {}
    """Groups of other environments that may read data here."""
    reads_from: dict[EnvironmentName, ReadsFrom] = {}
    """Other environments whose data is read from here, by their name."""
    workload_identities: dict[Key, WorkloadIdentity] = {}
    """Identities for programs outside the platform."""
    workload_applications: dict[Key, WorkloadApplication] = {}
    """Applications with a secret, for programs outside that have no issuer of tokens."""

    @property
    def workloads(self) -> dict[str, Workload]:
        """Programs outside, however they sign in."""
        return {**self.workload_identities, **self.workload_applications}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from self._every_persona_is_decided()
        yield from self._one_object_is_one_principal()
        yield from self._pipelines_are_not_people()
        yield from self._custom_roles_stay_what_they_are()
        yield from self._workloads_are_told_apart()
        for index, persona in enumerate(self.cluster_commands):
            if persona not in self.personas:
                yield Problem(f"cluster_commands[{index}]", f"names {persona}, which is not in personas")
        for name, other in self.reads_from.items():
            for persona in other.personas:
                if persona not in self.personas:
                    yield Problem(f"reads_from.{name}.personas", f"names {persona}, which is not in personas")

    @override
    def warn(self) -> Iterator[Problem]:
        if not self.personas and not self.without:
            yield Problem(
                "personas",
                "is missing, so only the deployer has access; give the object ids of your groups",
            )

    def _every_persona_is_decided(self) -> Iterator[Problem]:
        if not self.personas and not self.without:
            return
        for persona in Persona:
            given, left_out = persona in self.personas, persona in self.without
            if given and left_out:
                yield Problem("without", f"lists {persona}, which personas gives too; remove one of the two")
            if not given and not left_out:
                yield Problem(
                    f"personas.{persona}",
                    "is missing; give object_id (az ad group show --group NAME --query id), or list it under "
                    "access.without",
                )

    def _one_object_is_one_principal(self) -> Iterator[Problem]:
        """Personas may share a group; the directory still has one type for one object id."""
        types: dict[str, tuple[PrincipalType, str]] = {}
        given = [
            *((f"personas.{key}", value) for key, value in self.personas.items()),
            *((f"cross_environment_readers.{key}", v) for key, v in self.cross_environment_readers.items()),
        ]
        for path, principal in given:
            kind, first = types.setdefault(principal.object_id, (principal.principal_type, path))
            if kind is not principal.principal_type:
                yield Problem(
                    f"{path}.principal_type",
                    f"is {principal.principal_type}, and {kind} for the same object id in access.{first}; "
                    "give the type that it has: az ad group show --group OBJECT_ID",
                )

    def _workloads_are_told_apart(self) -> Iterator[Problem]:
        """A program shares its rights with nobody: each key is one sign-in, each application one key."""
        for key in sorted(self.workload_identities.keys() & self.workload_applications.keys()):
            yield Problem(
                f"workload_applications.{key}", "is in workload_identities too; give it another key"
            )
        whose = {principal.object_id: f"personas.{key}" for key, principal in self.personas.items()}
        for key, application in self.workload_applications.items():
            path = f"workload_applications.{key}"
            other = whose.setdefault(application.object_id, path)
            if other != path:
                yield Problem(
                    f"{path}.object_id",
                    f"is that of {other}; a program outside has an application of its own",
                )

    def _pipelines_are_not_people(self) -> Iterator[Problem]:
        """`ci` is the one persona that writes in prod: people who shared its group would write there too."""
        pipeline = self.personas.get(Persona.CI)
        for persona, principal in self.personas.items():
            if pipeline and persona is not Persona.CI and principal.object_id == pipeline.object_id:
                yield Problem(
                    f"personas.{persona}.object_id",
                    "is that of ci, whose rights are for pipelines alone; give the people a group of their own",
                )

    def _custom_roles_stay_what_they_are(self) -> Iterator[Problem]:
        for role, actions in self.custom_role_actions.items():
            refused = dict(escalations(actions))
            for index, action in enumerate(actions):
                path = f"custom_role_actions.{role}[{index}]"
                if action in refused:
                    yield Problem(path, f"'{action}' {refused[action]}")
                elif not re.fullmatch(OPERATION_PATTERN, action):
                    yield Problem(
                        path,
                        f"'{action}' is not an operation; for example "
                        "Microsoft.MachineLearningServices/workspaces/jobs/read",
                    )
                elif changes_something(action) and not CUSTOM_ROLES[role].writes:
                    yield Problem(
                        path,
                        f"'{action}' changes something, and {role} is held by people who only read in prod; "
                        "remove it",
                    )
