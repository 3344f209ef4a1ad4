"""The same steps for models that live in Unity Catalog (`databricks.model_registry: unity_catalog`).

    python -m infra.promotion.unity_catalog show --model forecast_lake_dev.gold.demand --version 8 > candidate.json
    python -m infra.promotion.unity_catalog show --model forecast_lake_prod.gold.demand --alias champion
    python -m infra.promotion.unity_catalog copy --evidence candidate.json --to forecast_lake_prod.gold.demand \\
        --alias champion

Needs mlflow-skinny, and DATABRICKS_HOST: dev's workspace to show a candidate, whose run is kept there alone; prod's to
copy and to show what serves, with dev's catalog open to it (`bound_workspaces`). Signs in as the Databricks SDK does. A
version has tags but no properties here: its metrics are those of the run that made it, and the copy, whose run prod's
workspace does not know, carries them as tags `metric.NAME`. What serves in prod is what an alias points at.
Exit code 3: the alias points at nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from infra.conventions.model_tags import METRIC_PREFIX
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


def evidence_document(client: Client, model: str, version: str) -> dict[str, object]:
    """A version in the form that the gate reads. Its own metrics come first: a copy's run is another workspace's."""
    found = client.get_model_version(model, version)
    metrics = {name: value for name, value in found.tags.items() if name.startswith(METRIC_PREFIX)}
    if not metrics and found.run_id:
        measured = client.get_run(found.run_id).data.metrics
        metrics = {f"{METRIC_PREFIX}{name}": str(value) for name, value in measured.items()}
    return {
        "name": found.name,
        "version": str(found.version),
        "tags": {name: value for name, value in found.tags.items() if name not in metrics},
        "properties": dict(sorted(metrics.items())),
    }


def copy_version(client: Client, evidence: Evidence, to: str, alias: str | None) -> str:
    """Copy a version with its tags and metrics to a model of another catalog and point the alias at it; the new
    version's number.

    The alias comes last: whoever follows it finds a version that is whole.
    """
    copied = str(client.copy_model_version(f"models:/{evidence.name}/{evidence.version}", to).version)
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
    options = parser.parse_args(arguments)
    shows = options.command == "show"
    if shows and (options.model is None or (options.version is None) == (options.alias is None)):
        parser.error("show needs --model, and --version or --alias")
    if not shows and not (options.to and options.evidence):
        parser.error("copy needs --evidence, and --to CATALOG.SCHEMA.MODEL")
    client = client or _client()
    if not shows:
        try:
            evidence = read_evidence(options.evidence)
        except UnreadableError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        sys.stdout.write(f"{copy_version(client, evidence, options.to, options.alias)}\n")
        return 0
    version = options.version or client.get_registered_model(options.model).aliases.get(options.alias)
    if version is None:
        sys.stderr.write(f"{options.model}: the alias {options.alias} points at nothing\n")
        return NOTHING
    document = evidence_document(client, options.model, str(version))
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    return 0


def _client() -> Client:
    try:
        mlflow = importlib.import_module("mlflow")
    except ModuleNotFoundError as error:
        raise SystemExit("mlflow is not installed; run: pip install mlflow-skinny[databricks]") from error
    client: Client = mlflow.MlflowClient(tracking_uri=TRACKING, registry_uri=REGISTRY)
    return client


if __name__ == "__main__":
    raise SystemExit(main())
