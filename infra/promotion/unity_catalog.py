"""The same steps for models that live in Unity Catalog (`databricks.model_registry: unity_catalog`).

    python -m infra.promotion.unity_catalog show --model forecast_lake_dev.gold.demand --version 8 \\
        --download candidate > candidate.json
    python -m infra.promotion.unity_catalog show --model forecast_lake_prod.gold.demand --alias champion
    python -m infra.promotion.unity_catalog copy --evidence candidate.json --to forecast_lake_prod.gold.demand \\
        --alias champion --accepted DIGEST

Needs mlflow-skinny, and DATABRICKS_HOST: dev's workspace to show a candidate, whose run is kept there alone; prod's to
copy and to show what serves, with dev's catalog open to it (`bound_workspaces`). Signs in as the Databricks SDK does. A
version has tags but no properties here: its metrics are those of the run that made it, and the copy, whose run prod's
workspace does not know, carries them as tags `metric.NAME`. What serves in prod is what an alias points at. Who
registered a version is what the catalog wrote down: an application's id, or a person's e-mail address.
Exit code 1: the files are not those that the gate accepted; 3: the alias points at nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from azure_facts.guids import is_guid
from infra.conventions.model_tags import CONTENT_PROPERTY, METRIC_PREFIX
from infra.promotion.content import content_digest
from infra.promotion.evidence import Evidence, UnreadableError, read_evidence

REGISTRY = "databricks-uc"
TRACKING = "databricks"

NOTHING = 3
"""Exit code: the alias points at nothing."""


class ModelVersion(Protocol):
    """What is used of mlflow.entities.model_registry.ModelVersion."""

    name: str
    version: str
    run_id: str
    user_id: str | None
    creation_timestamp: int
    tags: Mapping[str, str]


class RegisteredModel(Protocol):
    """What is used of mlflow.entities.model_registry.RegisteredModel."""

    aliases: Mapping[str, str]


class RunData(Protocol):
    """What is used of mlflow.entities.RunData."""

    metrics: Mapping[str, float]


class Run(Protocol):
    """What is used of mlflow.entities.Run."""

    data: RunData


class Client(Protocol):
    """What is used of mlflow.MlflowClient."""

    def get_model_version(self, name: str, version: str) -> ModelVersion:
        """One version."""
        ...

    def get_run(self, run_id: str) -> Run:
        """The run that made it."""
        ...

    def download(self, name: str, version: str, folder: Path) -> None:
        """The version's files, into the folder."""
        ...

    def copy_model_version(self, src_model_uri: str, dst_name: str) -> ModelVersion:
        """A new version of `dst_name` with the same files."""
        ...

    def get_registered_model(self, name: str) -> RegisteredModel:
        """A model, whichever version."""
        ...

    def set_registered_model_alias(self, name: str, alias: str, version: str) -> None:
        """Point an alias at a version."""
        ...

    def set_model_version_tag(self, name: str, version: str, key: str, value: str) -> None:
        """One tag."""
        ...


class FilesChangedError(RuntimeError):
    """What would be or was copied is not what the gate accepted."""


def evidence_document(
    client: Client, model: str, version: str, folder: Path | None = None
) -> dict[str, object]:
    """A version in the form that the gate reads. Its own metrics come first: a copy's run is another workspace's.

    With a folder its files are left there, and their digest is told.
    """
    found = client.get_model_version(model, version)
    metrics = {name: value for name, value in found.tags.items() if name.startswith(METRIC_PREFIX)}
    if not metrics and found.run_id:
        measured = client.get_run(found.run_id).data.metrics
        metrics = {f"{METRIC_PREFIX}{name}": str(value) for name, value in measured.items()}
    document: dict[str, object] = {
        "name": found.name,
        "version": str(found.version),
        "tags": {name: value for name, value in found.tags.items() if name not in metrics},
        "properties": dict(sorted(metrics.items())),
        "creation_context": _registration(found),
    }
    if CONTENT_PROPERTY in found.tags:
        document["properties"] = {**metrics, CONTENT_PROPERTY: found.tags[CONTENT_PROPERTY]}
    if folder is not None:
        document["content"] = _content(client, model, version, folder)
    return document


def _registration(version: ModelVersion) -> dict[str, str]:
    """As `az ml model show` tells it. A person's name in Databricks is an e-mail address, never an id."""
    kind = "Application" if is_guid(version.user_id or "") else "User"
    return {
        "created_by": version.user_id or "",
        "created_by_type": kind,
        "created_at": str(version.creation_timestamp),
    }


def _content(client: Client, model: str, version: str, folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    client.download(model, version, folder)
    return content_digest(folder)


def copy_version(client: Client, evidence: Evidence, to: str, alias: str | None, accepted: str) -> str:
    """Copy a version with its tags and metrics to a model of another catalog and point the alias at it; the new
    version's number.

    The alias comes last: a reader who follows it finds a version that is whole, and whose files are those that the gate
    accepted. Raises FilesChangedError.
    """
    if evidence.content != accepted:
        raise FilesChangedError(
            f"{evidence.name} version {evidence.version}: its files are {evidence.content}, and the gate accepted "
            f"{accepted}; nothing was copied"
        )
    copied = str(client.copy_model_version(f"models:/{evidence.name}/{evidence.version}", to).version)
    with tempfile.TemporaryDirectory() as folder:
        content = _content(client, to, copied, Path(folder))
    if content != accepted:
        raise FilesChangedError(
            f"{to} version {copied}: its files are {content}, and the gate accepted {accepted}; no alias points at it: "
            "delete it, and find out who wrote its files"
        )
    metrics = {f"{METRIC_PREFIX}{name}": str(value) for name, value in evidence.metrics.items()}
    for key, value in sorted({**evidence.tags, **metrics}.items()):
        client.set_model_version_tag(to, copied, key, value)
    if alias:
        client.set_registered_model_alias(to, alias, copied)
    return copied


def main(arguments: Sequence[str] | None = None, client: Client | None = None) -> int:
    """Show or copy; `client` is MLflow's own unless a test gives one."""
    parser = argparse.ArgumentParser(prog="unity_catalog", description="Models in Unity Catalog.")
    parser.add_argument("command", choices=("show", "copy"))
    parser.add_argument("--model", help="show: CATALOG.SCHEMA.MODEL")
    parser.add_argument("--version", help="show")
    parser.add_argument("--alias", help="show: instead of --version; copy: what is pointed at the copy")
    parser.add_argument(
        "--evidence", type=Path, help="copy: what show printed of the version, and the gate accepted"
    )
    parser.add_argument("--to", help="copy: CATALOG.SCHEMA.MODEL that is copied to")
    parser.add_argument("--download", type=Path, help="show: a folder for the files, whose digest is told")
    parser.add_argument("--accepted", help="copy: the digest of the files that the gate accepted")
    options = parser.parse_args(arguments)
    shows = options.command == "show"
    if shows and (options.model is None or (options.version is None) == (options.alias is None)):
        parser.error("show needs --model, and --version or --alias")
    if not shows and not (options.to and options.evidence and options.accepted):
        parser.error("copy needs --evidence, --accepted, and --to CATALOG.SCHEMA.MODEL")
    client = client or _client()
    if not shows:
        return _copy(client, options.evidence, options.to, options.alias, options.accepted)
    version = options.version or client.get_registered_model(options.model).aliases.get(options.alias)
    if version is None:
        sys.stderr.write(f"{options.model}: the alias {options.alias} points at nothing\n")
        return NOTHING
    document = evidence_document(client, options.model, str(version), options.download)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    return 0


def _copy(client: Client, evidence: Path, to: str, alias: str | None, accepted: str) -> int:
    try:
        sys.stdout.write(f"{copy_version(client, read_evidence(evidence), to, alias, accepted)}\n")
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except FilesChangedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _client() -> Client:
    try:
        mlflow = importlib.import_module("mlflow")
    except ModuleNotFoundError as error:
        raise SystemExit("mlflow is not installed; run: pip install mlflow-skinny[databricks]") from error
    # Files of models:/ addresses come from the registry that is set for the process, not from a client's.
    mlflow.set_registry_uri(REGISTRY)
    client: Client = type("CatalogClient", (mlflow.MlflowClient,), {"download": _download})(
        tracking_uri=TRACKING, registry_uri=REGISTRY
    )
    return client


def _download(_client: Client, name: str, version: str, folder: Path) -> None:
    artifacts = importlib.import_module("mlflow.artifacts")
    artifacts.download_artifacts(artifact_uri=f"models:/{name}/{version}", dst_path=str(folder))


if __name__ == "__main__":
    raise SystemExit(main())
