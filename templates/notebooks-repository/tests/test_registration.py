"""Registered versions: tags and properties, the digest of the files, and registries that do not answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import mlflow
import pandas as pd
import pytest
from azure.ai.ml.entities import Model

from forecasting import names, registration
from forecasting.errors import NoModelError, RegistryError
from forecasting.fleet import write_fleet
from forecasting.model_content import content_digest
from forecasting.registration import commit, log_and_register
from forecasting.registry import (
    AzureMlRegistry,
    MlflowRegistry,
    Version,
    download_checked,
    newest_usable,
    workspace_of,
)
from forecasting.series_model import BASELINE, Fitted
from forecasting.training import Trained

CODE = "0f3c2d1"


@pytest.fixture
def trained(tmp_path: Path) -> Trained:
    write_fleet([("s1/p1", Fitted(BASELINE, "trained", (1.0,) * 7))], tmp_path / "fleet")
    return Trained(
        folder=tmp_path / "fleet",
        data_version="41",
        series=1,
        left_out=0,
        ended=0,
        by_status={"trained": 1},
        by_family={BASELINE: 1},
        accuracy=0.86,
        test_rows=5600,
        errors={"s1/p2": "LinAlgError: singular matrix"},
    )


@pytest.fixture(autouse=True)
def local_mlflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MODEL_TAGS", ",".join(names.MODEL_TAGS))
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    mlflow.set_tracking_uri((tmp_path / "mlruns").as_uri())
    mlflow.set_registry_uri((tmp_path / "mlruns").as_uri())
    yield
    mlflow.set_registry_uri("")


def test_a_version_carries_the_tags_and_its_run_the_metrics(trained: Trained, tmp_path: Path) -> None:
    version = log_and_register(trained, names.EXPERIMENT, names.MODEL, CODE)
    assert version.tags == {"partition_key": "all", "data_version": "41", "code_version": CODE}
    registry = MlflowRegistry()
    assert newest_usable(registry, names.MODEL).version == "1"
    download_checked(registry, version, tmp_path / "downloaded")
    assert (tmp_path / "downloaded/artifacts/fleet/index.json").is_file()
    run = mlflow.search_runs(experiment_names=[names.EXPERIMENT]).iloc[0]
    assert (run["metrics.accuracy"], run["metrics.test_rows"]) == (0.86, 5600.0)


def test_the_model_answers_by_mlflow_too(trained: Trained) -> None:
    log_and_register(trained, names.EXPERIMENT, names.MODEL, CODE)
    loaded = mlflow.pyfunc.load_model(f"models:/{names.MODEL}/1")
    asked = pd.DataFrame({"store": ["s1"], "product": ["p1"], "day": ["2026-12-01"]})
    assert loaded.predict(asked)[names.QUANTITY].tolist() == [1.0]


def test_tags_are_checked_before_anything_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "resolve_tags", lambda: {"mlflow.databricks.gitRepoCommit": CODE})
    assert commit() == CODE
    monkeypatch.setattr(registration, "resolve_tags", dict)
    with pytest.raises(RegistryError, match="in a git repository with a commit"):
        commit()
    monkeypatch.setenv("MODEL_TAGS", "partition_key,season")
    with pytest.raises(RegistryError, match="MODEL_TAGS asks for season"):
        commit()


def test_a_tracking_server_that_is_not_reachable_registers_nothing(trained: Trained, tmp_path: Path) -> None:
    mlflow.set_tracking_uri("http://127.0.0.1:9")
    with pytest.raises(RegistryError, match=r"was not logged to http://127.0.0.1:9, and demand was not reg"):
        log_and_register(trained, names.EXPERIMENT, names.MODEL, CODE, AzureMlRegistry(AzureModels(tmp_path)))


def test_a_registry_that_is_not_reachable_leaves_the_model_in_its_run(trained: Trained) -> None:
    mlflow.set_registry_uri("http://127.0.0.1:9")
    with pytest.raises(RegistryError, match=r"was not registered, and run .* holds it") as stopped:
        log_and_register(trained, names.EXPERIMENT, names.MODEL, CODE)
    run = mlflow.search_runs(experiment_names=[names.EXPERIMENT]).iloc[0]
    assert run["run_id"] in str(stopped.value)
    held = {one.path for one in mlflow.artifacts.list_artifacts(run_id=run["run_id"], artifact_path="model")}
    assert "model/MLmodel" in held
    with pytest.raises(RegistryError, match="did not say which versions"):
        newest_usable(MlflowRegistry(), names.MODEL)


class AzureModels:
    """As MLClient.models, in memory: versions count up, and properties stay."""

    def __init__(self, files: Path) -> None:
        self.kept: list[Model] = []
        self.files = files

    def create_or_update(self, model: Model) -> Model:
        model.version = str(len(self.kept) + 1)
        self.kept.append(model)
        return model

    def list(self, *, name: str) -> Iterable[Model]:
        return [model for model in self.kept if model.name == name]

    def get(self, *, name: str, version: str) -> Model:
        return next(model for model in self.kept if (model.name, model.version) == (name, version))

    def download(self, *, name: str, version: str, download_path: str) -> None:
        target = Path(download_path) / name / version
        target.mkdir(parents=True)
        for path in self.files.iterdir():
            (target / path.name).write_bytes(path.read_bytes())


def test_azure_ml_gets_the_properties_that_the_gate_reads(trained: Trained, tmp_path: Path) -> None:
    models = AzureModels(tmp_path)
    log_and_register(trained, names.EXPERIMENT, names.MODEL, CODE, AzureMlRegistry(models))
    [registered] = models.kept
    run = mlflow.search_runs(experiment_names=[names.EXPERIMENT]).iloc[0]["run_id"]
    assert registered.path == f"azureml://jobs/{run}/outputs/artifacts/paths/model"
    assert registered.type == "mlflow_model"
    assert registered.properties["metric.accuracy"] == "0.86"
    assert registered.properties["metric.test_rows"] == "5600"
    files = Path(mlflow.artifacts.download_artifacts(f"runs:/{run}/model"))
    assert registered.properties["content.sha256"] == content_digest(files)


class Silent(AzureModels):
    """Answers one of the calls no more."""

    def __init__(self, files: Path, fails: str) -> None:
        super().__init__(files)

        def does_not_answer(**_given: object) -> None:
            raise OSError("no answer")

        setattr(self, fails, does_not_answer)


@pytest.mark.parametrize("fails", ["list", "get"])
def test_a_registry_that_does_not_answer_names_no_version(tmp_path: Path, fails: str) -> None:
    models = Silent(tmp_path, fails)
    models.create_or_update(Model(name=names.MODEL, path="azureml://jobs/1/outputs"))
    with pytest.raises(RegistryError, match=r"did not say which versions of demand there are: no answer"):
        newest_usable(AzureMlRegistry(models), names.MODEL)


def test_a_download_that_breaks_off_is_told(tmp_path: Path) -> None:
    registry = AzureMlRegistry(Silent(tmp_path, "download"))
    with pytest.raises(RegistryError, match="demand version 1 was not downloaded: no answer"):
        download_checked(registry, Version(names.MODEL, "1", {}), tmp_path / "downloaded")


def test_files_that_changed_since_are_not_used(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "index.json").write_text("{}")
    registry = AzureMlRegistry(AzureModels(files))
    registered = Version(names.MODEL, "1", {}, content_digest(files))
    download_checked(registry, registered, tmp_path / "first")
    (files / "index.json").write_text('{"changed": true}')
    with pytest.raises(RegistryError, match="not those that were registered"):
        download_checked(registry, registered, tmp_path / "second")


def test_a_version_without_the_vocabulary_is_passed_over(tmp_path: Path) -> None:
    models = AzureModels(tmp_path)
    tags = {"partition_key": "all", "data_version": "41", "code_version": CODE}
    for of_version in (tags, {**tags, "partition_key": "s1/p1"}, {}):
        models.create_or_update(Model(name=names.MODEL, path="azureml://jobs/1/outputs", tags=of_version))
    assert newest_usable(AzureMlRegistry(models), names.MODEL).version == "1"
    models.kept.pop(0)
    for model in models.kept:
        model.version = str(int(model.version) - 1)
    with pytest.raises(NoModelError, match=r"version 2 has no partition_key.*version 1 is not of all series"):
        newest_usable(AzureMlRegistry(models), names.MODEL)


def test_the_workspace_is_read_from_the_registrys_address() -> None:
    uri = (
        "azureml://westeurope.api.azureml.ms/mlflow/v1.0/subscriptions/2222/resourceGroups/rg-forecast"
        "/providers/Microsoft.MachineLearningServices/workspaces/mlw-forecast"
    )
    assert workspace_of(uri) == {
        "subscription_id": "2222",
        "resource_group_name": "rg-forecast",
        "workspace_name": "mlw-forecast",
    }
    with pytest.raises(RegistryError, match="names no Azure ML workspace"):
        workspace_of("azureml://somewhere")
