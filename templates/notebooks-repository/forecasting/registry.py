"""Where models are registered: Azure ML, or what MLflow's registry is otherwise, Unity Catalog or a local one.

The platform says which in MLFLOW_REGISTRY_URI, the same on every cluster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import mlflow
import mlflow.artifacts

from forecasting import names
from forecasting.errors import NoModelError, RegistryError
from forecasting.model_content import content_digest

if TYPE_CHECKING:
    # Where models are in Unity Catalog, this package is not installed.
    from azure.ai.ml.entities import Model

AZURE_ML = "azureml://"
LOOKED_AT = 20
"""How many of the newest versions are looked at."""

MODEL_PATH = "model"
"""Of the model among a run's artifacts."""


@dataclass(frozen=True)
class Version:
    """A registered version. `content` is the digest of its files where the registry keeps one that nobody changes."""

    name: str
    version: str
    tags: Mapping[str, str]
    content: str | None = None


class Registry(Protocol):
    """What training and scoring ask of a registry."""

    def register(
        self, name: str, run_id: str, tags: Mapping[str, str], properties: Mapping[str, str]
    ) -> Version:
        """The model that a run logged, as a new version."""
        ...

    def newest_first(self, name: str) -> Iterable[Version]:
        """The versions of a model."""
        ...

    def download(self, version: Version, folder: Path) -> None:
        """A version's files, below the folder."""
        ...


class MlflowRegistry:
    """MLflow's own. It knows tags alone: the gate takes the metrics of Unity Catalog's versions from their run."""

    def __init__(self) -> None:
        self._client = mlflow.MlflowClient()

    def register(
        self,
        name: str,
        run_id: str,
        tags: Mapping[str, str],
        properties: Mapping[str, str],  # noqa: ARG002
    ) -> Version:
        """Without the properties, which it has no place for."""
        made = mlflow.register_model(f"runs:/{run_id}/{MODEL_PATH}", name, tags=dict(tags))
        return Version(name, str(made.version), tags)

    def newest_first(self, name: str) -> Iterable[Version]:
        """Tags are asked for one by one: Unity Catalog leaves them out of what it lists."""
        found = self._client.search_model_versions(f"name='{name}'")
        for number in sorted((int(one.version) for one in found), reverse=True)[:LOOKED_AT]:
            one = self._client.get_model_version(name, str(number))
            yield Version(name, str(number), dict(one.tags))

    def download(self, version: Version, folder: Path) -> None:
        """See Registry."""
        mlflow.artifacts.download_artifacts(f"models:/{version.name}/{version.version}", dst_path=str(folder))


class AzureModels(Protocol):
    """What is used of azure.ai.ml.MLClient.models."""

    def create_or_update(self, model: Model, /) -> Model:
        """A new version."""
        ...

    def list(self, *, name: str) -> Iterable[Model]:
        """Its versions."""
        ...

    def get(self, *, name: str, version: str) -> Model:
        """One version, with its properties."""
        ...

    def download(self, *, name: str, version: str, download_path: str) -> None:
        """Its files."""
        ...


class AzureMlRegistry:
    """Azure ML's, by its own client: MLflow cannot write a version's properties, where the gate reads."""

    def __init__(self, models: AzureModels) -> None:
        self._models = models

    def register(
        self, name: str, run_id: str, tags: Mapping[str, str], properties: Mapping[str, str]
    ) -> Version:
        """The files stay where the run logged them, in a container that people cannot write."""
        from azure.ai.ml.constants import AssetTypes
        from azure.ai.ml.entities import Model

        made = self._models.create_or_update(
            Model(
                name=name,
                path=f"azureml://jobs/{run_id}/outputs/artifacts/paths/{MODEL_PATH}",
                type=AssetTypes.MLFLOW_MODEL,
                tags=dict(tags),
                properties=dict(properties),
            )
        )
        return Version(name, str(made.version), tags, properties.get(names.CONTENT_PROPERTY))

    def newest_first(self, name: str) -> Iterable[Version]:
        """See Registry."""
        numbers = sorted((int(one.version or 0) for one in self._models.list(name=name)), reverse=True)
        for number in numbers[:LOOKED_AT]:
            one = self._models.get(name=name, version=str(number))
            content = (one.properties or {}).get(names.CONTENT_PROPERTY)
            yield Version(name, str(number), dict(one.tags or {}), content)

    def download(self, version: Version, folder: Path) -> None:
        """See Registry."""
        self._models.download(name=version.name, version=version.version, download_path=str(folder))


def connect() -> Registry:
    """The registry that MLFLOW_REGISTRY_URI names. Raises RegistryError for an address that is no workspace's."""
    uri = mlflow.get_registry_uri()
    return AzureMlRegistry(_azure_models(uri)) if uri.startswith(AZURE_ML) else MlflowRegistry()


def _azure_models(uri: str) -> AzureModels:
    from azure.ai.ml import MLClient
    from azure.identity import DefaultAzureCredential

    # The default of one of its parameters is not of the parameter's type.
    return MLClient(DefaultAzureCredential(), **workspace_of(uri)).models  # pyright: ignore[reportReturnType]


def workspace_of(uri: str) -> dict[str, str]:
    """MLClient's names for the workspace in a tracking address. Raises RegistryError."""
    found = re.search(
        r"/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\.MachineLearningServices/workspaces/([^/?]+)",
        uri,
    )
    if found is None:
        raise RegistryError(f"MLFLOW_REGISTRY_URI is {uri}, which names no Azure ML workspace")
    return dict(
        zip(("subscription_id", "resource_group_name", "workspace_name"), found.groups(), strict=True)
    )


def newest_usable(registry: Registry, name: str) -> Version:
    """The newest version with every tag of the platform's vocabulary, of all series. Raises NoModelError."""
    passed = []
    try:
        for version in registry.newest_first(name):
            missing = [tag for tag in names.MODEL_TAGS if not version.tags.get(tag)]
            if not missing and version.tags[names.PARTITION_KEY] == names.ALL_SERIES:
                return version
            why = f"has no {', '.join(missing)}" if missing else "is not of all series"
            passed.append(f"version {version.version} {why}")
    except Exception as error:
        raise RegistryError(
            f"the registry did not say which versions of {name} there are: {error}"
        ) from error
    raise NoModelError(
        f"{name}: no version may be used ({'; '.join(passed) or 'there is none'}); train it first"
    )


def download_checked(registry: Registry, version: Version, folder: Path) -> None:
    """A version's files, the same that were registered. Raises RegistryError."""
    try:
        registry.download(version, folder)
    except Exception as error:
        raise RegistryError(
            f"{version.name} version {version.version} was not downloaded: {error}"
        ) from error
    if version.content is not None and content_digest(folder) != version.content:
        raise RegistryError(
            f"{version.name} version {version.version}: its files are not those that were registered; "
            "do not use it, and find out who wrote them"
        )
