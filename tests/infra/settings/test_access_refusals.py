"""What a stack may not say about access, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.settings.load import SettingsError, load_from_stack_file
from tests.reference_platform import read_stack

ROOT = Path(__file__).parents[3]
GROUP = "a0000000-0000-4000-8000-00000000000e"
WORKSPACE = "Microsoft.MachineLearningServices/workspaces"
ISSUER = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/"

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def refusals(tmp_path: Path) -> Callable[[Edit], dict[str, str]]:
    """The refused keys below access of an edited prod stack, key to message."""

    def refuse(edit: Edit) -> dict[str, str]:
        document = read_stack("prod")
        edit(document["config"]["mlplatform:access"])
        path = tmp_path / "Pulumi.prod.yaml"
        path.write_text(yaml.safe_dump(document), encoding="utf-8")
        with pytest.raises(SettingsError) as caught:
            load_from_stack_file(path)
        return {
            problem.path.removeprefix("mlplatform:access."): problem.message
            for problem in caught.value.problems
        }

    return refuse


def merge(value: dict[str, Any]) -> Edit:
    def edit(access: dict[str, Any]) -> None:
        for key, item in value.items():
            access[key] = {**access.get(key, {}), **item} if isinstance(item, dict) else item

    return edit


def test_a_persona_that_is_neither_given_nor_left_out(
    refusals: Callable[[Edit], dict[str, str]],
) -> None:
    found = refusals(lambda access: access["personas"].pop("analyst"))
    told = {
        "personas.analyst": "is missing; give object_id (az ad group show --group NAME --query id), or list "
        "it under access.without"
    }
    assert found.items() >= told.items()


def test_people_who_share_the_pipelines_principal(refusals: Callable[[Edit], dict[str, str]]) -> None:
    def share(access: dict[str, Any]) -> None:
        access["personas"]["ml_engineer"] = dict(access["personas"]["ci"])

    told = {
        "personas.ml_engineer.object_id": "is that of ci, whose rights are for pipelines alone; give the people a "
        "group of their own"
    }
    assert refusals(share).items() >= told.items()


def identity(**changes: object) -> dict[str, Any]:
    entry = {
        "federated_credentials": {"one": {"issuer": ISSUER, "subject": "system:serviceaccount:a:b"}},
        "rights": ["observe-ml-jobs"],
    }
    return {"workload_identities": {"airflow": {**entry, **changes}}}


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        ({"without": ["auditor"]}, "without", "lists auditor, which personas gives too"),
        ({"without": ["boss"]}, "without[0]", "is 'boss'; give 'platform_admin', "),
        ({"personas": {"analyst": {}}}, "personas.analyst.object_id", "is missing; it is required"),
        ({"personas": {"analyst": {"object_id": "x"}}}, "personas.analyst.object_id", "is not a GUID"),
        (
            {"personas": {"analyst": {"object_id": GROUP, "principal_type": "User"}}},
            "personas.analyst.principal_type",
            "is 'User'; give 'Group' or 'ServicePrincipal'",
        ),
        (
            {
                "personas": {
                    "analyst": {"object_id": GROUP},
                    "ci": {"object_id": GROUP, "principal_type": "ServicePrincipal"},
                }
            },
            "personas.ci.principal_type",
            "is ServicePrincipal, and Group for the same object id in access.personas.analyst",
        ),
        (
            {"custom_role_actions": {"ml-job-observer": ["Microsoft.Authorization/roleAssignments/write"]}},
            "custom_role_actions.ml-job-observer[0]",
            "lets its holder give himself any right; access is given by the access table alone",
        ),
        (
            {"custom_role_actions": {"ml-job-observer": [f"{WORKSPACE}/jobs/read", f"{WORKSPACE}/*/read"]}},
            "custom_role_actions.ml-job-observer[1]",
            "has a wildcard, which grows with the service; write each operation out",
        ),
        (
            {"custom_role_actions": {"ml-job-observer": [f"{WORKSPACE}/jobs/cancel/action"]}},
            "custom_role_actions.ml-job-observer[0]",
            "changes something, and ml-job-observer is held by people who only read in prod; remove it",
        ),
        (
            {"custom_role_actions": {"ml-job-observer": ["jobs"]}},
            "custom_role_actions.ml-job-observer[0]",
            "'jobs' is not an operation; for example",
        ),
        (
            {"custom_role_actions": {"ml-owner": [f"{WORKSPACE}/jobs/read"]}},
            "custom_role_actions.ml-owner",
            "give 'ml-data-scientist-without-compute', ",
        ),
        (
            {"cross_environment_readers": {"qa": {"environment": "qa", "object_id": GROUP, "scopes": []}}},
            "cross_environment_readers.qa.scopes",
            "has too few entries; give at least 1",
        ),
        (
            {
                "cross_environment_readers": {
                    "qa": {"environment": "qa", "object_id": GROUP, "scopes": ["key-vault"]}
                }
            },
            "cross_environment_readers.qa.scopes[0]",
            "is 'key-vault'; give 'ml-storage'",
        ),
        (
            {
                "personas": {},
                "without": ["analyst"],
                "reads_from": {
                    "qa": {"subscription_id": GROUP, "personas": ["analyst"], "scopes": ["ml-storage"]}
                },
            },
            "without",
            "lists analyst",
        ),
        (
            identity(rights=["owner"]),
            "workload_identities.airflow.rights[0]",
            "is 'owner'; give 'run-ml-jobs'",
        ),
        (identity(rights=[]), "workload_identities.airflow.rights", "is empty, and so is databricks_jobs"),
        (
            identity(federated_credentials={"one": {"issuer": "http://insecure", "subject": "x"}}),
            "workload_identities.airflow.federated_credentials.one.issuer",
            "give an address that begins with https://",
        ),
        (
            identity(
                federated_credentials={
                    "one": {"issuer": ISSUER, "subject": "x"},
                    "two": {"issuer": ISSUER, "subject": "x"},
                }
            ),
            "workload_identities.airflow.federated_credentials.two",
            "has issuer and subject of one; keep one of the two",
        ),
    ],
)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Callable[[Edit], dict[str, str]], change: dict[str, Any], key: str, message: str
) -> None:
    found = refusals(merge(change))
    assert message in found.get(key, ""), found


def test_a_reader_names_personas_that_it_has(refusals: Callable[[Edit], dict[str, str]]) -> None:
    def edit(access: dict[str, Any]) -> None:
        del access["personas"]["analyst"]
        access["without"] = ["analyst"]
        access["reads_from"] = {
            "qa": {"subscription_id": GROUP, "personas": ["analyst"], "scopes": ["ml-storage"]}
        }

    assert refusals(edit)["reads_from.qa.personas"] == "names analyst, which is not in personas"
