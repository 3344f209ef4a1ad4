"""What runs on Databricks: the jobs' principal, those who start jobs from outside, and the secrets behind scopes."""

from __future__ import annotations

from collections.abc import Iterator

from infra.access.identity_purpose import IdentityPurpose
from infra.databricks.git_folders import PRODUCTION_FOLDER
from infra.promises import parties
from infra.promises.databricks import groups_of, where_people_open_databricks
from infra.promises.places import cluster_nodes, people
from infra.promises.promise import Door, Origin, OriginKind, Promise
from infra.promises.site import Site
from infra.settings.databricks import Databricks
from infra.settings.databricks.called_jobs import called_by


def databricks_job_promises(site: Site) -> Iterator[Promise]:
    """Of jobs, as the principal that they run as."""
    databricks = site.settings.databricks
    if databricks is None or not site.has_databricks_content:
        return
    yield from _machines(site, databricks)
    yield from _code(site, databricks)
    yield from _called_jobs(site, databricks)
    yield from _secrets(site, databricks)
    yield from _starters(site)
    if databricks.package_index:
        yield Promise(
            "databricks-jobs.install-packages",
            parties.databricks_jobs(site),
            cluster_nodes(site),
            "reach",
            "",
            "databricks.package_index",
            Door(host=databricks.package_index.partition("://")[2].partition("/")[0].partition(":")[0]),
        )


def _machines(site: Site, databricks: Databricks) -> Iterator[Promise]:
    """A run makes a cluster under a policy, from a pool."""
    jobs, nodes = parties.databricks_jobs(site), cluster_nodes(site)
    for key, policy in databricks.cluster_policies.items():
        if policy.resolve().used_by_jobs:
            yield Promise(
                f"databricks-jobs.make-their-cluster.{key}",
                jobs,
                nodes,
                "make a cluster under the policy",
                site.in_databricks("cluster-policy", site.databricks_name(key)),
                f"databricks.cluster_policies.{key}",
            )
    for key in databricks.pools:
        yield Promise(
            f"databricks-jobs.take-machines.{key}",
            jobs,
            nodes,
            "take machines from the pool",
            site.in_databricks("pool", site.databricks_name(key)),
            f"databricks.pools.{key}",
        )
    linked = databricks.linked_compute.clusters if databricks.linked_compute else []
    # Azure ML calls Databricks from the internet: nothing is promised where the workspace is private.
    for key in linked if site.private is None else ():
        yield Promise(
            f"azureml-pipelines.start-the-cluster.{key}",
            jobs,
            Origin.service(site.ml_workspace),
            "restart a cluster",
            site.in_databricks("cluster", site.databricks_name(key)),
            "databricks.linked_compute",
        )
    if databricks.smoke_tests:
        smoke = databricks.smoke_tests
        tests = parties.application(smoke.application_id, "smoke tests of pull requests")
        cluster = site.in_databricks("cluster", site.databricks_name(smoke.cluster))
        setting = "databricks.smoke_tests"
        workspace = site.in_databricks("workspace")
        yield Promise(
            "smoke-tests.enter-databricks", tests, people(site), "enter Databricks", workspace, setting
        )
        yield Promise(
            "smoke-tests.start-their-cluster", tests, people(site), "restart a cluster", cluster, setting
        )


def _code(site: Site, databricks: Databricks) -> Iterator[Promise]:
    """Jobs run the notebooks of the production folder, query on warehouses, and log to experiments."""
    jobs, nodes = parties.databricks_jobs(site), cluster_nodes(site)
    for key in databricks.git_folders:
        yield Promise(
            f"databricks-jobs.run-notebooks.{key}",
            jobs,
            nodes,
            "run notebooks",
            site.in_databricks("directory", f"{PRODUCTION_FOLDER}/{key}"),
            f"databricks.git_folders.{key}",
        )
    workspace = site.in_databricks("workspace")
    setting = "databricks.jobs_service_principal_application_id"
    yield Promise("databricks-jobs.open-databricks", jobs, nodes, "open Databricks", workspace, setting)
    if databricks.sql_warehouses:
        name = "databricks-jobs.open-databricks-sql"
        yield Promise(name, jobs, nodes, "open Databricks SQL", workspace, "databricks.sql_warehouses")
    for key in databricks.sql_warehouses:
        yield Promise(
            f"databricks-jobs.query-the-warehouse.{key}",
            jobs,
            nodes,
            "query the SQL warehouse",
            site.in_databricks("warehouse", site.databricks_name(key)),
            f"databricks.sql_warehouses.{key}",
        )
    folder = f"/{site.databricks_name('experiments')}"
    if databricks.experiments:
        yield Promise(
            "databricks-jobs.make-experiments",
            jobs,
            nodes,
            "edit notebooks",
            site.in_databricks("directory", folder),
            "databricks.experiments",
        )
    for key in databricks.experiments:
        yield Promise(
            f"databricks-jobs.log-to-the-experiment.{key}",
            jobs,
            nodes,
            "log to the experiment",
            site.in_databricks("experiment", f"{folder}/{site.databricks_name(key)}"),
            f"databricks.experiments.{key}",
        )


def _called_jobs(site: Site, databricks: Databricks) -> Iterator[Promise]:
    """A job runs another one, as the principal that both run as."""
    for key, job in databricks.jobs.items():
        for called in sorted(set(called_by(job).values())):
            yield Promise(
                f"databricks-jobs.run-another-job.{key}.{called}",
                parties.databricks_jobs(site),
                cluster_nodes(site),
                "start a Databricks job",
                site.in_databricks("job", site.databricks_name(called)),
                f"databricks.jobs.{key}",
            )


def _secrets(site: Site, databricks: Databricks) -> Iterator[Promise]:
    """Databricks reads the vault as its own application; of the scope, only who is named reads."""
    application = databricks.databricks_application_object_id
    groups = groups_of(site)
    for key, vault in site.secret_scope_vaults.items():
        setting = f"databricks.secret_scopes.{key}"
        on = site.in_databricks("secret-scope", site.databricks_name(key))
        if application:
            yield Promise(
                f"databricks.reads-secrets-for-its-scope.{key}",
                parties.principal(application, "Databricks itself"),
                Origin(OriginKind.DATABRICKS, site.databricks, "control"),
                "read secrets",
                vault,
                setting,
            )
        yield Promise(
            f"databricks-jobs.read-the-secret-scope.{key}",
            parties.databricks_jobs(site),
            cluster_nodes(site),
            "read the secret scope",
            on,
            setting,
        )
        for persona in databricks.secret_scopes[key].readers:
            if persona in groups:
                yield Promise(
                    f"{parties.slug(persona)}.reads-the-secret-scope.{key}",
                    parties.persona(site, persona),
                    where_people_open_databricks(site, databricks),
                    "read the secret scope",
                    on,
                    setting,
                )


def _starters(site: Site) -> Iterator[Promise]:
    """Pipelines of the factory, the alert that retrains, and programs outside each start the jobs that they name."""
    factory = site.settings.data_factory
    if factory:
        caller = parties.identity(
            site, IdentityPurpose.DATA_FACTORY_DATABRICKS, "pipelines of the data factory"
        )
        origin = Origin.service(site.data_factory)
        yield Promise(
            "pipelines.call-databricks",
            caller,
            origin,
            "call Databricks with an Azure role",
            site.databricks,
            "data_factory",
        )
        for job in sorted(factory.databricks_jobs):
            on = site.in_databricks("job", site.databricks_name(job))
            name = f"pipelines.start-the-job.{job}"
            yield Promise(name, caller, origin, "start a Databricks job", on, "data_factory.pipelines")
    for key, workload in site.settings.access.workloads.items():
        for job in workload.databricks_jobs:
            yield Promise(
                f"program.{key}.starts-the-job.{job}",
                parties.program(site, key),
                people(site),
                "start a Databricks job",
                site.in_databricks("job", site.databricks_name(job)),
                "access",
            )
