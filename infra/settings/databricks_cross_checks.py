"""What Databricks needs of the other areas of the settings."""

from __future__ import annotations

from collections.abc import Iterator

from infra.settings.base import Problem
from infra.settings.databricks import DatabricksContent, grantees
from infra.settings.databricks.machine_learning import ModelRegistry
from infra.settings.environment import EnvironmentKind
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


def link_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    """A link leads to an ML workspace of the same stack."""
    if settings.databricks and settings.databricks.link_ml_workspace and settings.ml is None:
        yield Problem(
            "databricks.link_ml_workspace", "is true and there is no ml to link; set it to false or add ml"
        )


def databricks_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    """Parts of Databricks that lead to Azure ML, and jobs that could not sign in to it."""
    databricks = settings.databricks
    if databricks is None:
        return
    if settings.ml is None:
        if databricks.model_registry is ModelRegistry.AZUREML:
            yield Problem(
                "databricks.model_registry",
                "is azureml and there is no ml; add ml, or set it to unity_catalog",
            )
        for key in ("linked_compute", "ml_tracking"):
            if getattr(databricks, key) is not None:
                yield Problem(
                    f"databricks.{key}", "leads to Azure ML and there is no ml; remove it or add ml"
                )
    elif (
        databricks.jobs and databricks.ml_tracking is None and databricks.content is DatabricksContent.MANAGED
    ):
        yield Problem(
            "databricks.ml_tracking",
            "is missing, and jobs would wait for a device login to Azure ML; give secret_scope and secret_name",
        )


def branches_run_outside_production(settings: PlatformSettings) -> Iterator[Problem]:
    """The author of any pull request would run code inside production."""
    databricks = settings.databricks
    if databricks and databricks.smoke_tests and settings.environment.kind is EnvironmentKind.PROD:
        yield Problem(
            "databricks.smoke_tests",
            "runs the code of branches in production; remove it, and test in a nonprod stack",
        )


def grantees_exist(settings: PlatformSettings) -> Iterator[Problem]:
    """Grants name levels and privileges that exist, and personas that this environment has."""
    if settings.databricks:
        yield from grantees.problems(settings.databricks, settings.access, settings.environment.kind)


def serverless_reaches_data(settings: PlatformSettings) -> Iterator[Problem]:
    """Serverless compute is in Databricks' own network."""
    databricks = settings.databricks
    if databricks is None or not isinstance(settings.network, PrivateNetwork):
        return
    way = databricks.network_connectivity
    if way is not None:
        if way.configuration_id is None and not way.private_endpoints:
            yield Problem(
                "databricks.network_connectivity.private_endpoints",
                "is empty in private mode, where storage is reached through one only; name what serverless compute "
                "reads, a lake by its groups blob and dfs",
            )
        return
    serverless = [key for key, warehouse in databricks.sql_warehouses.items() if warehouse.serverless]
    paths = [f"sql_warehouses.{key}.serverless" for key in serverless]
    paths += [f"serving_endpoints.{key}" for key in databricks.serving_endpoints]
    for path in paths:
        yield Problem(
            f"databricks.{path}",
            "runs outside the private network; give databricks.network_connectivity, or do without",
        )


def one_application(settings: PlatformSettings) -> Iterator[Problem]:
    """The tenant has one AzureDatabricks; two areas need its object id."""
    databricks, encryption = settings.databricks, settings.encryption
    if databricks is None:
        return
    ids = {databricks.databricks_application_object_id, encryption.databricks_application_object_id}
    if len(ids - {None}) > 1:
        yield Problem(
            "databricks.databricks_application_object_id",
            "differs from encryption.databricks_application_object_id; it is one application, give one id",
        )


def notebooks_are_checked_out(settings: PlatformSettings) -> Iterator[Problem]:
    """A sparse checkout holds the files that jobs and activities run. In cone mode (Databricks repos
    git-operations-with-repos) that is everything below a directory, and what lies directly in one of those above it,
    the repository's top included (git Documentation/git-sparse-checkout, cone mode handling; read 2026-11-30)."""
    databricks = settings.databricks
    if databricks is None:
        return
    used = [
        (step.git_folder, step.path)
        for job in databricks.jobs.values()
        for task in job.tasks.values()
        for step in (task.notebook, task.python, task.sql)
        if step and step.git_folder
    ]
    if settings.data_factory:
        used += [
            (activity.notebook.git_folder, activity.notebook.path)
            for pipeline in settings.data_factory.pipelines.values()
            for activity in pipeline.activities.values()
            if activity.notebook
        ]
    for folder, path in dict.fromkeys(used):
        found = databricks.git_folders.get(folder)
        if not found or not found.sparse_checkout or "/" not in path:
            continue
        places = [f"{place.rstrip('/')}/" for place in found.sparse_checkout]
        directory = f"{path.rpartition('/')[0]}/"
        if not any(path.startswith(place) or place.startswith(directory) for place in places):
            yield Problem(
                f"databricks.git_folders.{folder}.sparse_checkout",
                f"leaves out {path}, which a job runs; add {path.rpartition('/')[0]}",
            )
