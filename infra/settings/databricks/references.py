"""What Databricks' settings need of each other: keys that exist, bounds that are kept, permissions that fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from azure_facts.well_known_applications import FIND_AZURE_DATABRICKS
from infra.settings.base import Problem
from infra.settings.databricks.called_jobs import called_job_problems
from infra.settings.databricks.clusters import Cluster, InstancePool, InteractiveCluster
from infra.settings.databricks.deployers import deployer_problems
from infra.settings.databricks.git_references import git_problems
from infra.settings.databricks.jobs import Job
from infra.settings.databricks.machine_learning import MlTracking, ModelRegistry
from infra.settings.databricks.packages import package_problems
from infra.settings.databricks.policies import AccessMode, ClusterKind, PolicyFile
from infra.settings.databricks.policy_document import policy_contradictions
from infra.settings.databricks.smoke_tests import smoke_test_problems
from infra.settings.messages import absent

if TYPE_CHECKING:
    from infra.settings.databricks.workspace import Databricks


def problems(settings: Databricks) -> Iterator[Problem]:
    """Everything, each below the key that would have to change."""
    policies = {key: policy.resolve() for key, policy in settings.cluster_policies.items()}
    yield from git_problems(settings)
    for key, job in settings.jobs.items():
        yield from _job(settings, policies, f"jobs.{key}", job)
    yield from called_job_problems(settings.jobs)
    for key, cluster in settings.clusters.items():
        path = f"clusters.{key}"
        yield from _cluster(settings, policies, path, cluster, ClusterKind.ALL_PURPOSE)
        yield from _single_user(path, cluster.single_user, policies.get(cluster.policy))
        yield from _jobs_secret_stays_with_jobs(settings, path, cluster)
    yield from _secrets(settings)
    yield from _unity_catalog(settings)
    yield from deployer_problems(settings)
    yield from smoke_test_problems(settings)
    yield from package_problems(settings)


def _missing(path: str, target: str, known: Collection[str], area: str) -> Iterator[Problem]:
    if target not in known:
        yield Problem(path, absent(target, area, known))


def _job(settings: Databricks, policies: dict[str, PolicyFile], path: str, job: Job) -> Iterator[Problem]:
    for key, cluster in job.clusters.items():
        yield from _cluster(settings, policies, f"{path}.clusters.{key}", cluster, ClusterKind.JOB)
    for name in ("failure_destinations", "success_destinations"):
        for target in getattr(job, name):
            yield from _missing(
                f"{path}.{name}", target, settings.notification_destinations, "notification_destinations"
            )
    for key, task in job.tasks.items():
        for kind, step in task.from_git:
            if step.git_folder is not None:
                yield from _missing(
                    f"{path}.tasks.{key}.{kind}.git_folder",
                    step.git_folder,
                    settings.git_folders,
                    "git_folders",
                )
        if task.sql is not None:
            yield from _missing(
                f"{path}.tasks.{key}.sql.warehouse",
                task.sql.warehouse,
                settings.sql_warehouses,
                "sql_warehouses",
            )


def _cluster(
    settings: Databricks, policies: dict[str, PolicyFile], path: str, cluster: Cluster, kind: ClusterKind
) -> Iterator[Problem]:
    yield from _missing(f"{path}.policy", cluster.policy, policies, "cluster_policies")
    pool = settings.pools.get(cluster.pool) if cluster.pool else None
    if cluster.pool:
        yield from _missing(f"{path}.pool", cluster.pool, settings.pools, "pools")
    for name, secret in cluster.secrets.items():
        yield from _missing(
            f"{path}.secrets.{name}.secret_scope",
            secret.secret_scope,
            settings.secret_scopes,
            "secret_scopes",
        )
    yield from cluster_fits(path, cluster, kind, policies.get(cluster.policy), pool)


def cluster_fits(
    path: str, cluster: Cluster, kind: ClusterKind, policy: PolicyFile | None, pool: InstancePool | None
) -> Iterator[Problem]:
    """A cluster keeps to its policy, and its pool has machines for all of it."""
    for key, found in policy_contradictions(cluster, kind, policy, pool) if policy else ():
        # These keys name something else that decides the attribute.
        decided = f"its {found.path} " if key in ("policy", "pool") else ""
        yield Problem(f"{path}.{key}", f"{decided}{found.message} (policy '{cluster.policy}')")
    if pool and cluster.most_workers + 1 > pool.max_capacity:
        workers = "autoscale" if cluster.autoscale else "workers"
        yield Problem(
            f"{path}.{workers}",
            f"with its driver it takes {cluster.most_workers + 1} machines; the pool "
            f"'{cluster.pool}' has max_capacity {pool.max_capacity}",
        )


def _single_user(path: str, single_user: str | None, policy: PolicyFile | None) -> Iterator[Problem]:
    if policy is None:
        return
    dedicated = policy.access_mode is AccessMode.DEDICATED
    if dedicated and single_user is None:
        yield Problem(
            f"{path}.single_user", "is missing; its policy makes dedicated clusters: say whose it is"
        )
    if not dedicated and single_user is not None:
        yield Problem(f"{path}.single_user", "is given, and its policy makes shared clusters; remove it")


def _secrets(settings: Databricks) -> Iterator[Problem]:
    if settings.secret_scopes and settings.databricks_application_object_id is None:
        yield Problem(
            "databricks_application_object_id",
            "is missing, and secret_scopes cannot be read without its grant; find it: "
            + FIND_AZURE_DATABRICKS,
        )
    tracking = settings.ml_tracking
    if tracking:
        yield from _jobs_secret_is_their_own(settings, tracking)
        yield from _missing(
            "ml_tracking.secret_scope", tracking.secret_scope, settings.secret_scopes, "secret_scopes"
        )
        if settings.jobs_service_principal_object_id is None:
            yield Problem(
                "jobs_service_principal_object_id",
                "is missing, and ml_tracking needs it for a role on the ML workspace; find it: "
                f"az ad sp show --id {settings.jobs_service_principal_application_id} --query id",
            )
    linked = settings.linked_compute
    for index, key in enumerate(linked.clusters if linked else ()):
        yield from _missing(f"linked_compute.clusters[{index}]", key, settings.clusters, "clusters")
    if linked and linked.token_lifetime_days > settings.hardening.max_token_lifetime_days:
        yield Problem(
            "linked_compute.token_lifetime_days",
            f"is {linked.token_lifetime_days}; hardening.max_token_lifetime_days allows "
            f"{settings.hardening.max_token_lifetime_days}",
        )


def _jobs_secret_is_their_own(settings: Databricks, tracking: MlTracking) -> Iterator[Problem]:
    """A reader of a scope reads every secret of its vault: people who read the jobs' client secret are the jobs."""
    scopes = settings.secret_scopes
    own = scopes.get(tracking.secret_scope)
    for key, scope in scopes.items():
        if own and scope.readers and scope.shows_vault_of(own):
            yield Problem(
                f"secret_scopes.{key}.readers",
                "may read every secret of the vault, and ml_tracking keeps the jobs' client secret there; leave it "
                "empty, and give people a scope of their own, which has another vault",
            )
    people = tracking.people
    if people is None:
        return
    path = "ml_tracking.people.secret_scope"
    yield from _missing(path, people.secret_scope, scopes, "secret_scopes")
    scope = scopes.get(people.secret_scope)
    if scope and own and scope.shows_vault_of(own):
        yield Problem(path, "shows the vault of the jobs' client secret; name a scope over another vault")
    policies = (policy.resolve() for policy in settings.cluster_policies.values())
    users = {persona for policy in policies for persona in policy.used_by}
    shut_out = sorted(users - set(scope.readers)) if scope else []
    if shut_out:
        yield Problem(
            f"secret_scopes.{people.secret_scope}.readers",
            f"lacks {', '.join(shut_out)}, whose clusters would not start without the secret; add them",
        )


def _jobs_secret_stays_with_jobs(
    settings: Databricks, path: str, cluster: InteractiveCluster
) -> Iterator[Problem]:
    """Who attaches to a cluster reads its environment."""
    tracking = settings.ml_tracking
    for name, secret in cluster.secrets.items():
        if tracking and (secret.secret_scope, secret.secret_name) == (
            tracking.secret_scope,
            tracking.secret_name,
        ):
            yield Problem(
                f"{path}.secrets.{name}",
                "is the jobs' client secret (ml_tracking), which all who attach to the cluster would read; remove it, "
                "and let people track with ml_tracking.people",
            )


def _unity_catalog(settings: Databricks) -> Iterator[Problem]:
    catalog = settings.unity_catalog
    if catalog and catalog.view_warehouse:
        yield from _missing(
            "unity_catalog.view_warehouse",
            catalog.view_warehouse,
            settings.sql_warehouses,
            "sql_warehouses",
        )
    if settings.model_registry is ModelRegistry.UNITY_CATALOG and catalog is None:
        yield Problem("unity_catalog", "is missing, and model_registry: unity_catalog registers models there")
    if settings.serving_endpoints and settings.model_registry is not ModelRegistry.UNITY_CATALOG:
        yield Problem(
            "model_registry",
            f"is {settings.model_registry or 'missing'}, and serving_endpoints serve from Unity Catalog; set it to "
            "unity_catalog",
        )
