"""The steps around the gate: what serves now, what the copy says, and the one line that brings it to prod."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from infra.promotion import copied, served, stack_line, unity_catalog
from infra.promotion.content import content_digest
from infra.promotion.copied import differences
from infra.promotion.evidence import Evidence, Registration
from infra.promotion.served import served_version
from infra.promotion.stack_line import NoSuchLineError, with_model
from tests.infra.promotion.registrant import CONTENT, REGISTRANT
from tests.reference_platform import stack_file

WORKSPACE = (
    "azureml:/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
REGISTERED = "azureml://registries/mlr-forecast/models/demand/versions"
TAGS = {"partition_key": "all", "data_version": "41", "code_version": "1a2b3c4"}


def deployment(name: str, model: str) -> dict[str, str]:
    return {"name": name, "model": model}


@pytest.mark.parametrize(
    ("traffic", "deployments", "version"),
    [
        ({"blue": 100}, [deployment("blue", f"{WORKSPACE}/models/demand/versions/7")], "7"),
        ({"blue": 100}, [deployment("blue", f"{REGISTERED}/8")], "8"),
        ({"blue": 100}, [deployment("blue", "azureml:demand:9")], "9"),
        (
            {"blue": 90, "green": 10},
            [deployment("blue", f"{REGISTERED}/7"), deployment("green", f"{REGISTERED}/8")],
            "7",
        ),
        # Two deployments of one version count together.
        (
            {"a": 40, "b": 30, "c": 30},
            [deployment("a", f"{REGISTERED}/7"), *(deployment(name, f"{REGISTERED}/8") for name in "bc")],
            "8",
        ),
        ({"blue": 0}, [deployment("blue", f"{REGISTERED}/7")], None),
        ({}, [deployment("blue", f"{REGISTERED}/7")], None),
        ({"blue": 100}, [deployment("blue", "azureml://registries/r/models/demand-eu/versions/7")], None),
        ({"blue": 100}, [deployment("blue", "azureml://registries/r/models/my-demand/versions/7")], None),
        ({}, [], None),
    ],
)
def test_the_version_with_the_most_traffic_serves(
    traffic: dict[str, int], deployments: list[dict[str, str]], version: str | None
) -> None:
    assert served_version("demand", {"traffic": traffic}, deployments) == version


@pytest.mark.parametrize(
    ("endpoint", "deployments"), [([], []), ({}, []), ({"traffic": {}}, {}), ({"traffic": {}}, ["x"])]
)
def test_what_is_no_endpoint_is_not_taken_for_one_that_serves_nothing(
    endpoint: object, deployments: object
) -> None:
    with pytest.raises(TypeError):
        served_version("demand", endpoint, deployments)


def test_the_command_prints_the_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    endpoint, deployments = tmp_path / "endpoint.json", tmp_path / "deployments.json"
    endpoint.write_text(json.dumps({"traffic": {"blue": 100}}), encoding="utf-8")
    deployments.write_text(json.dumps([deployment("blue", f"{REGISTERED}/7")]), encoding="utf-8")
    arguments = ["--endpoint", str(endpoint), "--deployments", str(deployments), "--model"]
    assert served.main([*arguments, "demand"]) == 0
    assert served.main([*arguments, "quotes"]) == 0
    assert capsys.readouterr().out == "7\n\n"
    for unreadable in (b"", "{}".encode("utf-16")):
        endpoint.write_bytes(unreadable)
        assert served.main([*arguments, "demand"]) == 2
        assert capsys.readouterr().err.startswith(f"{endpoint}: cannot be read as JSON: ")


def evidence(**changes: Any) -> Evidence:
    given: dict[str, Any] = {"name": "demand", "version": "8", "metrics": {"accuracy": 0.9}, "tags": TAGS}
    return Evidence(**{**given, **changes})


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (evidence(), []),
        (evidence(metrics={"accuracy": 0.9, "auc": 0.8}, tags={**TAGS, "more": "x"}), []),
        (evidence(metrics={}), ["metric.accuracy is missing"]),
        (evidence(metrics={"accuracy": 0.8}), ["metric.accuracy is 0.8, and 0.9 in the original"]),
        (evidence(version="1"), ["is version 1, and the original 8"]),
        (
            evidence(tags={"partition_key": "all", "data_version": "41"}),
            ["tag code_version is None, and '1a2b3c4' in the original"],
        ),
    ],
)
def test_a_copy_says_what_the_original_says(copy: Evidence, found: list[str]) -> None:
    assert list(differences(evidence(), copy)) == found


def test_a_copy_that_lost_something_is_told_with_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original, copy = tmp_path / "original.json", tmp_path / "copy.json"
    document = {
        "name": "demand",
        "version": "8",
        "tags": TAGS,
        "properties": {"metric.accuracy": "0.9"},
        "content": CONTENT,
    }
    original.write_text(json.dumps(document), encoding="utf-8")
    copy.write_text(json.dumps(document | {"properties": {}}), encoding="utf-8")
    assert copied.main(["--original", str(original), "--copy", str(original)]) == 0
    assert copied.main(["--original", str(original), "--copy", str(copy)]) == 1
    assert "metric.accuracy is missing\nset it: az ml model update" in capsys.readouterr().out
    copy.write_bytes(b"\xff\xfe")
    for unreadable in (copy, tmp_path / "none.json"):
        assert copied.main(["--original", str(original), "--copy", str(unreadable)]) == 2
        assert capsys.readouterr().err.startswith(f"{unreadable}: cannot be read as JSON: ")


STACK = """\
config:
  mlplatform:serving:
    endpoints:
      demand:
        # Who decides on traffic reads this.
        deployments:
          blue: {model: "azureml:demand:7", instance_type: small}
          green: &base
            model: azureml:demand:7   # the next one
            instance_type: small
          grey: *base
          red: {<<: *base, instance_type: large}
        traffic: {blue: 100, green: 0}
"""
NEW = f"{REGISTERED}/8"


def test_one_line_changes_and_every_other_byte_stays() -> None:
    changed = with_model(STACK, "demand/green", NEW)
    before, after = STACK.splitlines(), changed.splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        (
            "            model: azureml:demand:7   # the next one",
            f'            model: "{NEW}"   # the next one',
        )
    ]
    endpoints = yaml.safe_load(changed)["config"]["mlplatform:serving"]["endpoints"]
    assert endpoints["demand"]["deployments"]["green"]["model"] == NEW


@pytest.mark.parametrize(
    ("deployment_named", "message"),
    [
        ("demand/blue", "demand/blue serves 100% of the requests; name a deployment that serves nobody"),
        (
            "demand/white",
            "the stack does not declare the deployment demand/white with a model of its own; write under",
        ),
        ("demand/red", "the stack does not declare the deployment demand/red with a model of its own"),
        (
            "quotes/blue",
            "the stack has no endpoint 'quotes'; write under serving.endpoints.quotes.deployments.blue:",
        ),
        ("demand", "'demand' is no deployment; give ENDPOINT/DEPLOYMENT"),
        ("demand/", "'demand/' is no deployment"),
    ],
)
def test_a_line_that_is_not_there_is_not_invented(deployment_named: str, message: str) -> None:
    with pytest.raises(NoSuchLineError) as caught:
        with_model(STACK, deployment_named, NEW)
    assert str(caught.value).startswith(message)


def test_the_command_changes_the_file_or_says_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "Pulumi.prod.yaml"
    path.write_text(STACK, encoding="utf-8")
    arguments = ["--stack", "prod", "--model", NEW, "--deployment"]
    assert stack_line.main([*arguments, "demand/blue"]) == 1
    assert path.read_text(encoding="utf-8") == STACK
    assert stack_line.main([*arguments, "demand/green"]) == 0
    assert path.read_text(encoding="utf-8") == with_model(STACK, "demand/green", NEW)
    path.write_text("config: [", encoding="utf-8")
    assert stack_line.main([*arguments, "demand/green"]) == 2
    path.unlink()
    assert stack_line.main([*arguments, "demand/green"]) == 2
    assert (
        "demand/green is azureml://registries/mlr-forecast/models/demand/versions/8"
        in capsys.readouterr().out
    )


def test_the_committed_prod_stack_leaves_deployments_to_the_release() -> None:
    """So the pipeline says what to release, and opens no pull request."""
    text = stack_file("prod").read_text(encoding="utf-8")
    with pytest.raises(NoSuchLineError, match="does not declare the deployment demand/green"):
        with_model(text, "demand/green", NEW)


COPIED = {**TAGS, "metric.accuracy": "0.9", "metric.test_rows": "5000.0"}
"""What the copy in prod's catalog says of itself."""


class Catalog:
    """As much of MLflow's client as is used."""

    def __init__(self, version_tags: dict[str, str] | None = None, *, knows_the_run: bool = True) -> None:
        self.version_tags = version_tags or TAGS
        self.files = {"8": b"weights", "3": b"weights"}
        self.knows_the_run = knows_the_run
        self.tags: dict[str, str] = {}
        self.aliases = {"champion": "8"}

    def get_model_version(self, name: str, version: str) -> Any:
        return SimpleNamespace(
            name=name,
            version=version,
            run_id="run",
            tags=self.version_tags,
            user_id=REGISTRANT.application_id,
            creation_timestamp=1763695864000,
        )

    def download(self, name: str, version: str, folder: Path) -> None:
        (folder / "model.pkl").write_bytes(self.files[version])
        # As MLflow does it.
        (folder / "registered_model_meta").write_text(f"model_name: {name}", encoding="utf-8")

    def get_run(self, run_id: str) -> Any:
        assert run_id == "run"
        assert self.knows_the_run, "runs are a workspace's own"
        return SimpleNamespace(data=SimpleNamespace(metrics={"accuracy": 0.9, "test_rows": 5000.0}))

    def copy_model_version(self, src_model_uri: str, dst_name: str) -> Any:
        assert src_model_uri == "models:/forecast_lake_dev.gold.demand/8"
        return SimpleNamespace(name=dst_name, version="3", run_id="run", tags={})

    def get_registered_model(self, name: str) -> Any:
        assert name == "forecast_lake_dev.gold.demand"
        return SimpleNamespace(aliases=self.aliases)

    def set_registered_model_alias(self, name: str, alias: str, version: str) -> None:
        assert (name, self.tags) == ("forecast_lake_prod.gold.demand", COPIED), "tags first"
        self.aliases[alias] = version

    def set_model_version_tag(self, name: str, version: str, key: str, value: str) -> None:
        assert (name, version) == ("forecast_lake_prod.gold.demand", "3")
        self.tags[key] = value


MODEL = ["--model", "forecast_lake_dev.gold.demand", "--version", "8"]


@pytest.mark.parametrize("arguments", [MODEL, [*MODEL[:2], "--alias", "champion"]])
def test_a_model_of_unity_catalog_is_read_as_the_gate_reads(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert unity_catalog.main(["show", *arguments], Catalog()) == 0
    found = Evidence.of(json.loads(capsys.readouterr().out))
    assert found == Evidence(
        "forecast_lake_dev.gold.demand",
        "8",
        {"accuracy": 0.9, "test_rows": 5000.0},
        TAGS,
        Registration(REGISTRANT.application_id, "Application", "1763695864000"),
    )
    assert found.in_catalog


def test_a_model_of_unity_catalog_is_copied_with_its_tags_and_metrics(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two workspaces: dev's has the run and shows the candidate, prod's copies it and shows it afterwards."""
    evidence = tmp_path / "candidate.json"
    assert unity_catalog.main(["show", *MODEL, "--download", str(tmp_path / "candidate")], Catalog()) == 0
    accepted = ["--accepted", content_digest(tmp_path / "candidate")]
    evidence.write_text(capsys.readouterr().out, encoding="utf-8")

    prod = Catalog(knows_the_run=False)
    to = ["--to", "forecast_lake_prod.gold.demand"]
    copy = ["copy", "--evidence", str(evidence), *to, "--alias", "champion"]
    assert unity_catalog.main([*copy, *accepted], prod) == 0
    assert capsys.readouterr().out == "3\n"
    assert prod.tags == COPIED
    assert prod.aliases == {"champion": "3"}

    serving = Catalog(COPIED, knows_the_run=False)
    assert unity_catalog.main(["show", *MODEL], serving) == 0
    found = Evidence.of(json.loads(capsys.readouterr().out))
    assert (found.metrics, found.tags) == ({"accuracy": 0.9, "test_rows": 5000.0}, TAGS)


def test_a_copy_without_evidence_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["copy", "--evidence", str(tmp_path / "none.json"), "--to", "forecast_lake_prod.gold.demand"]
    assert unity_catalog.main([*arguments, "--accepted", CONTENT], Catalog()) == 2
    assert "cannot be read as JSON" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("8", "and the gate accepted"),
        ("3", "forecast_lake_prod.gold.demand version 3: its files are "),
    ],
)
def test_no_alias_points_at_files_that_the_gate_did_not_see(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: str, said: str
) -> None:
    """Changed in dev after the gate: nothing is copied. Changed on the way: the alias stays where it was."""
    seen = tmp_path / "seen"
    seen.mkdir()
    Catalog().download("forecast_lake_dev.gold.demand", "8", seen)
    catalog = Catalog(knows_the_run=True)
    catalog.files[changed] = b"other weights"
    evidence = tmp_path / "candidate.json"
    assert unity_catalog.main(["show", *MODEL, "--download", str(tmp_path / "now")], catalog) == 0
    evidence.write_text(capsys.readouterr().out, encoding="utf-8")
    arguments = ["copy", "--evidence", str(evidence), "--to", "forecast_lake_prod.gold.demand"]
    accepted = ["--alias", "champion", "--accepted", content_digest(seen)]
    assert unity_catalog.main([*arguments, *accepted], catalog) == 1
    assert said in capsys.readouterr().err
    assert catalog.aliases == {"champion": "8"}


def test_an_alias_that_points_at_nothing_is_told_apart_from_a_failure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert unity_catalog.main(["show", *MODEL[:2], "--alias", "challenger"], Catalog()) == 3
    assert (
        capsys.readouterr().err == "forecast_lake_dev.gold.demand: the alias challenger points at nothing\n"
    )


@pytest.mark.parametrize(
    "arguments", [["show"], ["show", "--version", "8", "--alias", "a"], ["copy", "--to", "a.b.c"]]
)
def test_what_is_missing_is_asked_for(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        unity_catalog.main([*arguments, *MODEL[:2]], Catalog())
    assert caught.value.code == 2


def test_without_mlflow_the_command_says_what_to_install() -> None:
    with pytest.raises(SystemExit, match="pip install mlflow-skinny"):
        unity_catalog.main(["show", *MODEL])
