"""Databricks' side of machine learning: where runs and models go, linked compute, experiments, serving."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import Guid, Key, LoadingContext, Problem, Secret, SettingsModel
from infra.settings.databricks.clusters import SecretReference
from infra.settings.databricks.permissions import Permissions


class ModelRegistry(StrEnum):
    """Where jobs register models: one place, because what serves and promotes reads from there."""

    AZUREML = "azureml"
    UNITY_CATALOG = "unity_catalog"


class PeopleTracking(SecretReference):
    """How people's clusters sign in to Azure ML: as a principal of their own, whose secret they may read.

    Its scope shows another vault than the jobs' secret, because a reader of a scope reads the whole vault.
    """

    application_id: Guid
    object_id: Guid
    """The same principal's, which Azure roles are given to (az ad sp show --id APPLICATION_ID --query id)."""


class MlTracking(SecretReference):
    """How a job on a cluster signs in to Azure ML without a person: the jobs' principal's client secret.

    Somebody who may set secrets puts it into the Key Vault.
    """

    azureml_mlflow_version: Annotated[str, Field(pattern=r"^\d+(\.\d+)+(\.post\d+)?$")] = "1.60.0"
    """Of the package that every cluster which tracks to Azure ML carries."""
    azure_ai_ml_version: Annotated[str, Field(pattern=r"^\d+(\.\d+)+(\.post\d+)?$")] = "1.27.0"
    """Of the package with which tasks write a model's properties, where the gate reads its metrics."""
    people: PeopleTracking | None = None
    """Default: people who log from a notebook sign in there, as themselves."""


class LinkedCompute(SettingsModel):
    """Databricks attached to the ML workspace as compute.

    Only SDK v1 pipelines (DatabricksStep) can use it, and SDK v1 support ended on 2026-06-30
    (learn.microsoft.com migrate-to-v2-execution-pipeline): off unless such pipelines still run.
    """

    client_secret: Secret
    """Of the jobs' service principal: the token is made as it, not as the person who deploys."""
    token_lifetime_days: Annotated[int, Field(ge=1, le=730)] = 90
    rotation: Annotated[str, Field(pattern=r"^[0-9A-Za-z.-]{1,32}$")]
    """Any text, such as 2026-11; changing it makes a new token and attaches with that one."""
    clusters: Annotated[list[Key], Field(min_length=1)]
    """Keys of `databricks.clusters` that the jobs' principal may start: a pipeline's steps name one as
    existing_cluster_id, since the principal makes none."""


class Experiment(SettingsModel):
    """An MLflow experiment, in the platform's own folder: /Shared belongs to all users."""

    permissions: Permissions = {}


class ServingSize(StrEnum):
    """Concurrent requests: 4, 8 to 16, 16 to 64."""

    SMALL = "Small"
    MEDIUM = "Medium"
    LARGE = "Large"


class ServedModel(SettingsModel):
    """One version of one registered model."""

    model: Annotated[str, Field(pattern=r"^\w+\.\w+\.\w+$")]
    """catalog.schema.model."""
    version: Annotated[str, Field(pattern=r"^[1-9]\d*$")] | None = None
    size: ServingSize = ServingSize.SMALL
    scale_to_zero: bool = True
    traffic_percent: Annotated[int, Field(ge=0, le=100)] = 100

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.version is None:
            yield Problem(
                "version",
                "is missing; name the model version to serve, such as \"3\": serving has no 'latest'",
            )


class ServingEndpoint(SettingsModel):
    """Versions of models behind one URL."""

    models: Annotated[dict[Key, ServedModel], Field(min_length=1)]
    permissions: Permissions = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        total = sum(model.traffic_percent for model in self.models.values())
        if total != 100:
            yield Problem(
                "models", f"share {total} percent of the traffic; give traffic_percent that sum to 100"
            )
