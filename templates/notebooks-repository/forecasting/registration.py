"""Logs what was trained as one run, and registers it as one version with the platform's tags."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import mlflow
from mlflow.models.signature import ModelSignature
from mlflow.tracking.context.registry import resolve_tags
from mlflow.types.schema import ColSpec, DataType, Schema, TensorSpec

import forecasting
from forecasting import names
from forecasting.errors import RegistryError
from forecasting.model_content import content_digest
from forecasting.registry import AZURE_ML, MODEL_PATH, Registry, Version, connect
from forecasting.service import COLUMNS, FAMILY, PROBLEM
from forecasting.training import Trained

PACKAGE = Path(forecasting.__file__).parent
COMMIT_TAGS = ("mlflow.databricks.gitRepoCommit", "mlflow.source.git.commit")
"""Of a run in a git folder, and on a machine (github.com/mlflow/mlflow mlflow/utils/mlflow_tags.py)."""

REQUIREMENTS = ("mlflow-skinny", "numpy", "pandas", "scikit-learn")


@dataclass(frozen=True)
class Logged:
    """A run that holds a model, and the digest of the model's files."""

    run_id: str
    content: str


def commit() -> str:
    """The commit of the code that runs, and the check, before anything is trained, that the tags will be complete.

    Raises RegistryError where nobody knows the commit, or MODEL_TAGS asks for a tag that is not known here.
    """
    asked = os.environ.get("MODEL_TAGS", ",".join(names.MODEL_TAGS)).split(",")
    unknown = [tag for tag in asked if tag not in names.MODEL_TAGS]
    if unknown:
        raise RegistryError(
            f"MODEL_TAGS asks for {', '.join(unknown)}; a version has {', '.join(names.MODEL_TAGS)}"
        )
    known = resolve_tags()
    found = next((known[tag] for tag in COMMIT_TAGS if known.get(tag)), "")
    if not found:
        raise RegistryError(
            "nobody knows the commit of this code, which is the tag code_version: "
            "run it in a git folder of Databricks or in a git repository with a commit"
        )
    return found


def log_and_register(
    trained: Trained, experiment: str, model: str, code_version: str, registry: Registry | None = None
) -> Version:
    """One run and one version. Raises RegistryError; once the run is logged, it still holds the model."""
    values = (names.ALL_SERIES, trained.data_version, code_version)
    tags: dict[str, str] = dict(zip(names.MODEL_TAGS, values, strict=True))
    try:
        logged = log(trained, experiment, tags)
    except Exception as error:
        raise RegistryError(
            f"the run of {experiment} was not logged to {mlflow.get_tracking_uri()}, and {model} was not "
            f"registered; run the job again once the tracking server answers: {error}"
        ) from error
    try:
        registry = registry or connect()
        return registry.register(model, logged.run_id, tags, properties(trained, logged.content))
    except Exception as error:
        raise RegistryError(
            f"{model} was not registered, and run {logged.run_id} of {experiment} holds it; "
            f"run the job again once the registry answers: {error}"
        ) from error


def properties(trained: Trained, content: str) -> dict[str, str]:
    """What the gate reads and nobody can change."""
    metrics = {f"{names.METRIC_PREFIX}{key}": f"{value:g}" for key, value in trained.metrics().items()}
    return {**metrics, names.CONTENT_PROPERTY: content}


def log(trained: Trained, experiment: str, tags: Mapping[str, str]) -> Logged:
    """A run with the model's files, where models are registered: Azure ML takes a model from its own runs alone."""
    if mlflow.get_registry_uri().startswith(AZURE_ML):
        mlflow.set_tracking_uri(mlflow.get_registry_uri())
    mlflow.set_experiment(experiment)
    families = {f"series_{family}": number for family, number in trained.by_family.items()}
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / MODEL_PATH
        save(trained.folder, files)
        with mlflow.start_run(tags=dict(tags)) as run:
            mlflow.log_metrics(trained.metrics())
            mlflow.log_params({"left_out": trained.left_out, "ended": trained.ended, **families})
            mlflow.log_dict(trained.errors, "failed_series.json")
            mlflow.log_artifacts(str(files), MODEL_PATH)
        return Logged(run.info.run_id, content_digest(files))


def save(fleet: Path, folder: Path) -> None:
    """The fleet as an MLflow model with this package's code, so that loading it needs nothing else."""
    mlflow.pyfunc.save_model(
        path=str(folder),
        python_model=str(PACKAGE / "fleet_model.py"),
        artifacts={"fleet": str(fleet)},
        code_paths=[str(PACKAGE)],
        signature=signature(),
        pip_requirements=list(REQUIREMENTS),
    )


def signature() -> ModelSignature:
    """The columns of a request and of an answer."""
    inputs: list[ColSpec | TensorSpec] = [ColSpec(DataType.string, column) for column in COLUMNS]
    text = (names.PARTITION_KEY, FAMILY, PROBLEM)
    outputs = [*inputs, *(ColSpec(DataType.string, column) for column in text)]
    return ModelSignature(
        inputs=Schema(inputs), outputs=Schema([*outputs, ColSpec(DataType.double, names.QUANTITY)])
    )
