"""Databricks, whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pulumi

from infra.access.identity import Identity
from infra.component import Component
from infra.context import Context, Reference
from infra.data.lake import Lake
from infra.databricks.catalog_grants import CatalogGrants
from infra.databricks.cluster_parts import ClusterSurroundings
from infra.databricks.cluster_policies import ClusterPolicies
from infra.databricks.clusters import Clusters
from infra.databricks.deployers import Deployers
from infra.databricks.experiments import Experiments
from infra.databricks.factory_caller import FactoryCaller
from infra.databricks.git_credentials import GitCredentials
from infra.databricks.git_folders import GitFolders
from infra.databricks.groups import Groups
from infra.databricks.job_starter import JobStarter
from infra.databricks.job_tasks import JobSurroundings, Word
from infra.databricks.jobs import Jobs, Starter
from infra.databricks.linked_compute import LinkedCompute
from infra.databricks.model_serving import ModelServing
from infra.databricks.notifications import NotificationDestinations
from infra.databricks.orchestrators import Orchestrators
from infra.databricks.pools import Pools
from infra.databricks.secret_scopes import SecretScopes
from infra.databricks.serverless_network import ServerlessNetwork
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.smoke_tests import SmokeTests
from infra.databricks.tracking import Tracking
from infra.databricks.unity_catalog import UnityCatalog
from infra.databricks.warehouses import Warehouses
from infra.databricks.workspace import Workspace
from infra.databricks.workspace_conf import WorkspaceSwitches
from infra.foundation.encryption import Encryption
from infra.ml.platform import MachineLearningPlatform
from infra.settings.databricks import workspace as settings_of


@dataclass(frozen=True)
class People:
    """Who is in the workspace, and what decides over them."""

    switches: WorkspaceSwitches
    deployers: Deployers
    principal: JobsServicePrincipal
    groups: Groups
    scopes: SecretScopes


@dataclass(frozen=True)
class StartableJob:
    """A job that somebody outside may start: where it is, as whom, and what must exist before."""

    workspace_url: pulumi.Output[str]
    """Without `https://`."""
    job_id: pulumi.Output[str]
    identity: Identity
    prerequisites: tuple[pulumi.CustomResource, ...]


class DatabricksPlatform(Component):
    """Owns the workspace and everything of ours inside it."""

    def __init__(
        self,
        settings: settings_of.Databricks,
        ml: MachineLearningPlatform | None,
        lake: Lake | None,
        encryption: Encryption | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        started_by_alert: str | None = None,
        run_by_factory: Collection[str] | None = None,
    ) -> None:
        """`started_by_alert`: the key of the job that an alert starts from outside, or None. `run_by_factory`: those
        that pipelines of a data factory run; None where there is no factory."""
        super().__init__("databricks:DatabricksPlatform", "databricks", context, opts)
        self.started_by_alert = started_by_alert
        self.startable: StartableJob | None = None
        inside = self.inside = pulumi.ResourceOptions(parent=self)
        linked = ml.workspace.reference if ml and settings.link_ml_workspace else None
        serverless = settings.network_connectivity and ServerlessNetwork(
            settings.network_connectivity, settings.account_id, settings.authentication, context, inside
        )
        workspace = Workspace(
            settings,
            linked,
            encryption,
            context,
            inside,
            depends_on=serverless.prerequisites if serverless else (),
        )
        reaches_data = serverless.bind(workspace) if serverless else []
        self.workspace = workspace
        self.factory_caller = (
            None if run_by_factory is None else FactoryCaller(run_by_factory, workspace, context, inside)
        )
        self.job_ids: Mapping[str, pulumi.Output[str]] = {}
        self.pool_ids: Mapping[str, pulumi.Output[str]] = {}
        self.policy_ids: Mapping[str, pulumi.Output[str]] = {}
        self.git_folder_paths: Mapping[str, str] = {}
        self.secret_vaults: Mapping[str, Reference] = {}
        self.managed_resource_groups = [workspace.managed_resource_group]
        self.outputs: dict[str, pulumi.Input[object]] = {
            "workspace_url": workspace.url,
            "workspace_resource_id": workspace.reference.id,
        }
        if settings.content is settings_of.DatabricksContent.MANAGED:
            self._content(settings, ml, lake, workspace, reaches_data)
        self.register_outputs(self.outputs)

    def _content(
        self,
        settings: settings_of.Databricks,
        ml: MachineLearningPlatform | None,
        lake: Lake | None,
        workspace: Workspace,
        reaches_data: Sequence[pulumi.Resource],
    ) -> None:
        """The objects inside the workspace; the deployer must reach its front end.

        `reaches_data`: what serverless compute needs before it can read a private account.
        """
        context, inside = self.context, self.inside
        people = self._people(settings, workspace)
        self.secret_vaults = people.scopes.vaults
        self.outputs["secret_scope_vaults"] = {key: vault.name for key, vault in self.secret_vaults.items()}

        # On what: policies, pools, clusters and warehouses, each tracking runs to one place.
        tracking = Tracking(settings, ml.workspace if ml else None, people.scopes, context, inside)
        around = ClusterSurroundings(
            policies=ClusterPolicies(
                settings.cluster_policies, people.groups, tracking, workspace, context, inside
            ),
            pools=Pools(settings.pools, people.groups, workspace, context, inside),
            tracking=tracking,
            scopes=people.scopes,
            table_properties=lake.table_properties if lake else {},
        )
        clusters = Clusters(
            settings.clusters,
            around,
            people.groups,
            workspace,
            context,
            inside,
            started_by_jobs=settings.linked_compute.clusters if settings.linked_compute else (),
            smoke_tests=settings.smoke_tests and SmokeTests(settings.smoke_tests, workspace, context, inside),
        )
        warehouses = Warehouses(settings.sql_warehouses, people.groups, workspace, context, inside)
        self.outputs["cluster_ids"] = {key: item.id for key, item in clusters.clusters.items()}
        self.outputs["sql_warehouses"] = warehouses.connections

        # Where data and models live, and what runs.
        grants = CatalogGrants(people.groups)
        catalog = settings.unity_catalog and UnityCatalog(
            settings.unity_catalog,
            people.deployers.owner,
            grants,
            warehouses,
            lake,
            workspace,
            context,
            inside,
        )
        if catalog:
            self.outputs["catalogs"] = catalog.catalog_names
        self._code(settings, people, around, warehouses, catalog, lake, workspace)
        if settings.serving_endpoints:
            # An endpoint that cannot read its model yet fails, and keeps its name.
            first = [*(catalog.models if catalog else ()), *grants.granted, *reaches_data]
            serving = ModelServing(
                settings.serving_endpoints, people.groups, workspace, context, inside, depends_on=first
            )
            self.outputs["serving_endpoint_urls"] = serving.urls

        # The ML workspace reaches back only through this component, which needs both.
        if settings.linked_compute and ml:
            LinkedCompute(
                settings.linked_compute,
                people.principal,
                workspace,
                people.switches.resource,
                ml.workspace.reference,
                context,
                inside,
            )

    def _people(self, settings: settings_of.Databricks, workspace: Workspace) -> People:
        """Switches first, then who deploys, the jobs' principal, the personas, and the secrets they may read."""
        context, inside = self.context, self.inside
        switches = WorkspaceSwitches(
            settings.hardening,
            settings.front_end_ip_ranges,
            needs_tokens=settings.linked_compute is not None,
            workspace=workspace,
            context=context,
            opts=inside,
        )
        deployers = Deployers(settings, workspace, context, inside)
        principal = JobsServicePrincipal(
            settings.jobs_service_principal_application_id, deployers, workspace, context, inside
        )
        groups = Groups(settings.workspace_local_groups, principal, workspace, context, inside)
        scopes = SecretScopes(
            settings.secret_scopes,
            settings.databricks_application_object_id,
            groups,
            workspace,
            context,
            inside,
        )
        return People(switches, deployers, principal, groups, scopes)

    def _code(
        self,
        settings: settings_of.Databricks,
        people: People,
        around: ClusterSurroundings,
        warehouses: Warehouses,
        catalog: UnityCatalog | None,
        lake: Lake | None,
        workspace: Workspace,
    ) -> None:
        """The repositories, the jobs that run them, and the experiments they write."""
        context, inside = self.context, self.inside
        git_folders = GitFolders(
            settings.git_folders,
            settings.production_folder_permissions,
            GitCredentials(
                settings.git_credentials, people.principal, people.deployers, workspace, context, inside
            ),
            people.groups,
            workspace,
            context,
            inside,
            depends_on=[people.switches.resource],
        )
        notifications = NotificationDestinations(
            settings.notification_destinations, workspace, context, inside
        )
        volumes = catalog.volumes if catalog else {}
        words = _words(lake, catalog)
        named = JobSurroundings(
            around, git_folders, warehouses, notifications, volumes, words, settings.job_requirements
        )
        starter = (
            JobStarter(self.started_by_alert, workspace, context, inside) if self.started_by_alert else None
        )
        starters: list[Starter] = [starter] if starter else []
        if self.factory_caller:
            self.factory_caller.join()
        if any(workload.databricks_jobs for workload in context.access.workloads.values()):
            starters.append(Orchestrators(workspace, context, inside))
        owner = people.deployers.owner
        jobs = Jobs(settings.deployed_jobs, named, people.groups, owner, starters, workspace, context, inside)
        if starter:
            self.startable = StartableJob(
                workspace.url,
                jobs.jobs[starter.job].id,
                starter.identity,
                (jobs.permissions[starter.job],),
            )
        self.job_ids = {key: job.id for key, job in jobs.jobs.items()}
        self.pool_ids = {key: pool.id for key, pool in around.pools.pools.items()}
        self.policy_ids = {key: policy.id for key, policy in around.policies.policies.items()}
        self.git_folder_paths = git_folders.paths
        experiments = Experiments(settings.experiments, people.groups, workspace, context, inside)
        self.outputs |= {
            "git_folder_paths": git_folders.paths,
            "job_ids": self.job_ids,
            "experiments": experiments.paths,
            "model_registry": str(settings.model_registry),
        }


def _words(lake: Lake | None, catalog: UnityCatalog | None) -> dict[str, Word]:
    """What jobs' parameters may name: zones of the lake, and catalogs."""
    zones = lake.zones if lake else {}
    words = {
        f"zone.{key}": Word(zone.url, (*zone.account.prerequisites, *zone.container.prerequisites))
        for key, zone in zones.items()
    }
    names = catalog.catalog_names if catalog else {}
    return words | {f"catalog.{key}": Word(name) for key, name in names.items()}
