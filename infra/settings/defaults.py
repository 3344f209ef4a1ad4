"""Defaults of one area that follow from others; filled in before the areas are checked against each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from infra.settings.databricks import Databricks
from infra.settings.databricks.machine_learning import ModelRegistry
from infra.settings.environment import EnvironmentKind
from infra.settings.network import PublicNetwork
from infra.settings.observability import Observability
from infra.settings.platform import PlatformSettings

DAILY_LOG_CAP_GB = 5.0
"""Outside production: one debug loop writes more than the rest of the environment (policy AMLP-FN-005)."""


@dataclass(frozen=True)
class FilledIn:
    """`area` as it is once the areas that it `follows` are known."""

    area: str
    follows: tuple[str, ...]
    fill_in: Callable[[PlatformSettings], object]


def _daily_log_cap(settings: PlatformSettings) -> Observability:
    observability = settings.observability
    logs = observability.log_analytics
    said = logs.existing_resource_id is not None or "daily_quota_gb" in logs.model_fields_set
    if said or settings.environment.kind is EnvironmentKind.PROD:
        return observability
    capped = logs.model_copy(update={"daily_quota_gb": DAILY_LOG_CAP_GB})
    return observability.model_copy(update={"log_analytics": capped})


def _link_to_ml(settings: PlatformSettings) -> Databricks | None:
    databricks = settings.databricks
    if databricks is None or databricks.link_ml_workspace is not None:
        return databricks
    linked = settings.ml is not None and isinstance(settings.network, PublicNetwork)
    return databricks.model_copy(update={"link_ml_workspace": linked})


def _model_registry(settings: PlatformSettings) -> Databricks | None:
    databricks = settings.databricks
    if databricks is None or databricks.model_registry is not None:
        return databricks
    registry = ModelRegistry.AZUREML if settings.ml else ModelRegistry.UNITY_CATALOG
    return databricks.model_copy(update={"model_registry": registry})


def _own_repositories(settings: PlatformSettings) -> Databricks | None:
    databricks = settings.databricks
    if databricks is None or databricks.hardening.allowed_git_urls is not None:
        return databricks
    sources = (job.git_source for job in databricks.jobs.values())
    urls = sorted({one.url for one in (*databricks.git_folders.values(), *sources) if one})
    hardening = databricks.hardening.model_copy(update={"allowed_git_urls": urls})
    return databricks.model_copy(update={"hardening": hardening})


def _owner_is_told(settings: PlatformSettings) -> Databricks | None:
    databricks = settings.databricks
    if databricks is None or all(job.failure_emails for job in databricks.jobs.values()):
        return databricks
    told = {"failure_emails": [settings.tags.owner]}
    jobs = {
        key: job if job.failure_emails else job.model_copy(update=told)
        for key, job in databricks.jobs.items()
    }
    return databricks.model_copy(update={"jobs": jobs})


FILLED_IN: tuple[FilledIn, ...] = (
    FilledIn("observability", ("environment",), _daily_log_cap),
    FilledIn("databricks", ("ml", "network"), _link_to_ml),
    FilledIn("databricks", ("ml",), _model_registry),
    FilledIn("databricks", (), _own_repositories),
    FilledIn("databricks", ("tags",), _owner_is_told),
)
