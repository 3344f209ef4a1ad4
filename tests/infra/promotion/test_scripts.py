"""What the pipelines run, against an `az` that answers from a folder and writes down what it was asked."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.promotion.endpoint import endpoint_name
from infra.settings.load import load_from_stack_file
from tests.infra.inventory_files import FOLDER
from tests.infra.platforms import ROOT
from tests.reference_platform import stack_file

PROMOTION = ROOT / "infra" / "promotion"
TAGS = {"partition_key": "all", "data_version": "41", "code_version": "1a2b3c4"}
PROD_ENDPOINT = endpoint_name(load_from_stack_file(stack_file("prod")).settings, "demand")
REGISTERED = "azureml://registries/mlr-forecast/models/demand/versions/7"

FILE = "flavors: {python_function: {}}"
ACCEPTED = hashlib.sha256(f"{hashlib.sha256(FILE.encode()).hexdigest()}  MLmodel\n".encode()).hexdigest()

AZ = """\
#!/usr/bin/env python3
import pathlib, sys
folder = pathlib.Path(__file__).parent
words = sys.argv[1:]
with (folder / "asked").open("a") as asked:
    asked.write(" ".join(words) + "\\n")
command = "-".join(words[:3])
if words[:3] == ["ml", "model", "share"]:
    (folder / "answers" / "in-registry.json").write_text((folder / "answers" / "candidate.json").read_text())
    sys.exit(0)
if words[:3] == ["ml", "model", "show"]:
    version = words[words.index("--version") + 1]
    name = "candidate" if "--workspace-name" in words else "in-registry" if version == "8" else "production"
elif words[:3] == ["ml", "model", "download"]:
    target = pathlib.Path(words[words.index("--download-path") + 1], words[words.index("--name") + 1])
    target.mkdir(parents=True)
    name = "in-registry" if "--registry-name" in words else "candidate"
    (target / "MLmodel").write_text((folder / "answers" / f"{name}-file").read_text())
    print("Downloading the model")
    sys.exit(0)
elif words[:2] == ["extension", "add"]:
    sys.exit(0)
else:
    name = command
path = folder / "answers" / f"{name}.json"
if not path.exists():
    sys.exit("ResourceNotFound")
print(path.read_text())
"""


def model(version: str, accuracy: str = "0.9") -> dict[str, Any]:
    properties = {"metric.accuracy": accuracy, "metric.test_rows": "5000", "content.sha256": ACCEPTED}
    return {"name": "demand", "version": version, "tags": TAGS, "properties": properties}


class Cloud:
    """A folder with `az` in it, its answers, and what the script leaves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "answers").mkdir()
        az = folder / "az"
        az.write_text(AZ.replace("/usr/bin/env python3", sys.executable), encoding="utf-8")
        az.chmod(0o755)
        self.answer("candidate", model("8"))
        self.put("candidate", FILE)
        self.put("in-registry", FILE)
        self.answer("ml-online-endpoint-show", {"traffic": {"blue": 100}})
        self.answer("ml-online-deployment-list", [{"name": "blue", "model": REGISTERED}])
        self.answer("production", model("7", "0.8"))

    def answer(self, name: str, value: object) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        (self.folder / "answers" / f"{name}.json").write_text(text, encoding="utf-8")

    def put(self, name: str, text: str) -> None:
        """The one file of a model."""
        (self.folder / "answers" / f"{name}-file").write_text(text, encoding="utf-8")

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "Pulumi.prod.yaml").write_bytes(stack_file("prod").read_bytes())
        environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            **{name: name.lower() for name in ("PROD_SUBSCRIPTION", "PROD_RESOURCE_GROUP", "PROD_WORKSPACE")},
            **{name: name.lower() for name in ("DEV_SUBSCRIPTION", "DEV_RESOURCE_GROUP", "DEV_WORKSPACE")},
            "MODEL": "demand",
            "VERSION": "8",
            "DEPLOYMENT": "demand/green",
            "REGISTRY": "mlr-forecast",
            "ACCEPTED_CONTENT": ACCEPTED,
            **variables,
        }
        return subprocess.run(
            ["bash", str(PROMOTION / script)],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def asked(self, start: str) -> list[str]:
        lines = (self.folder / "asked").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(start)]


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path)


def test_the_candidate_is_read_from_dev_and_what_serves_from_prod(cloud: Cloud) -> None:
    for script in ("read_candidate.sh", "read_production.sh"):
        result = cloud.run(script)
        assert result.returncode == 0, result.stderr
    assert cloud.asked("ml model show") == [
        "ml model show --name demand --version 8 --subscription dev_subscription --resource-group "
        "dev_resource_group --workspace-name dev_workspace --output json",
        "ml model show --name demand --version 7 --registry-name mlr-forecast --output json",
    ]
    candidate = json.loads((cloud.folder / "candidate.json").read_text())
    assert candidate["content"] == candidate["properties"]["content.sha256"] == ACCEPTED
    assert all("prod_workspace" in line for line in cloud.asked("ml online-"))
    assert json.loads((cloud.folder / "production.json").read_text())["version"] == "7"


def test_nobody_leaves_out_the_comparison_with_production(cloud: Cloud) -> None:
    """`first` says that nothing serves; where something does, it is compared with all the same."""
    assert cloud.run("read_production.sh", FIRST="true").returncode == 0
    assert (cloud.folder / "production.json").exists()


def test_where_nothing_serves_somebody_must_say_that_it_is_the_first(cloud: Cloud) -> None:
    cloud.answer("ml-online-endpoint-show", {"traffic": {}})
    result = cloud.run("read_production.sh")
    assert result.returncode == 2
    assert f"no version of demand serves in {PROD_ENDPOINT}; if it is the first one, say so" in result.stderr
    assert cloud.run("read_production.sh", FIRST="true").returncode == 0
    assert not (cloud.folder / "production.json").exists()


def test_an_endpoint_that_is_not_there_is_no_first_version(cloud: Cloud) -> None:
    (cloud.folder / "answers" / "ml-online-endpoint-show.json").unlink()
    assert cloud.run("read_production.sh", FIRST="true").returncode != 0
    result = cloud.run("read_production.sh", FIRST="true", DEPLOYMENT="demnd/green")
    assert result.returncode == 2
    assert "'demnd' is not in serving.endpoints (there: demand)" in result.stderr


def test_the_endpoint_is_called_as_the_stack_calls_it(cloud: Cloud) -> None:
    assert cloud.run("read_production.sh").returncode == 0
    assert f"--name {PROD_ENDPOINT} " in cloud.asked("ml online-endpoint show")[0]
    assert f"endpointName: {PROD_ENDPOINT}\n" in (FOLDER / "prod.yaml").read_text(encoding="utf-8")


def test_a_candidate_that_is_not_there_stops_everything(cloud: Cloud) -> None:
    (cloud.folder / "answers" / "candidate.json").unlink()
    assert cloud.run("read_candidate.sh").returncode != 0


def test_a_version_is_copied_under_its_own_name_and_version(cloud: Cloud) -> None:
    result = cloud.run("copy_model.sh")
    assert result.returncode == 0, result.stderr
    assert cloud.asked("ml model share") == [
        "ml model share --name demand --version 8 --registry-name mlr-forecast --share-with-name demand "
        "--share-with-version 8 --subscription dev_subscription --resource-group dev_resource_group "
        "--workspace-name dev_workspace"
    ]
    assert "the copy says what the original says" in result.stdout


def test_a_second_run_copies_nothing(cloud: Cloud) -> None:
    cloud.answer("in-registry", model("8"))
    assert cloud.run("copy_model.sh").returncode == 0
    assert cloud.asked("ml model share") == []


def test_a_copy_that_says_otherwise_stops_the_promotion(cloud: Cloud) -> None:
    cloud.answer("in-registry", model("8") | {"properties": {}})
    result = cloud.run("copy_model.sh")
    assert result.returncode == 1
    assert "metric.accuracy is missing" in result.stdout


def test_files_that_changed_while_people_approved_are_not_copied(cloud: Cloud) -> None:
    cloud.put("candidate", "flavors: {python_function: {loader_module: evil}}")
    result = cloud.run("copy_model.sh")
    assert result.returncode == 1
    assert (
        "the files of demand version 8 are not those that the gate accepted; nothing was copied"
        in result.stderr
    )
    assert cloud.asked("ml model share") == []


def test_a_copy_with_other_files_stops_the_promotion(cloud: Cloud) -> None:
    cloud.put("in-registry", "flavors: {python_function: {loader_module: evil}}")
    result = cloud.run("copy_model.sh")
    assert result.returncode == 1
    assert "demand version 8 is not what the gate accepted; do not serve it" in result.stdout


def test_nothing_is_copied_that_no_gate_accepted(cloud: Cloud) -> None:
    result = cloud.run("copy_model.sh", ACCEPTED_CONTENT="")
    assert result.returncode != 0
    assert "give the digest that the gate accepted" in result.stderr
    assert not (cloud.folder / "asked").exists()


def test_the_release_is_spelled_out(cloud: Cloud) -> None:
    result = cloud.run("release_commands.sh")
    assert f"--endpoint-name {PROD_ENDPOINT} --name green" in result.stdout
    assert "--set model=azureml://registries/mlr-forecast/models/demand/versions/8" in result.stdout
    assert '--traffic "green=100"' in result.stdout
