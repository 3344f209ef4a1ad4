"""Azure Policy in a preview: in every form in which it is shown, at the program's lines, accepted as other findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.azure_policy.program_paths import program_path
from rehearsal.cli import main
from rehearsal.formats.junit import junit_suite
from rehearsal.formats.sarif import sarif_run
from rehearsal.model.inventory_reader import read_inventory
from rehearsal.page.page import render_page
from rehearsal.report import render, verdict
from rehearsal.run import Rehearsal, rehearse
from rehearsal.summary_document import summary_document
from tests.rehearsal.azure_policy.catalogue import TODAY, assignment, document, entries

Project = Callable[..., Path]

PROGRAM = """from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", resource_group_name="rg-main", location="westeurope")
storage.StorageAccount(
    "lake",
    account_name="stlake7k2ap",
    resource_group_name=group.name,
    location="westeurope",
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    minimum_tls_version="TLS1_2",
    public_network_access="Enabled",
)
"""
SUPPRESSIONS = """- rule: AZP300
  resource: dev/azure-native:storage:StorageAccount/lake
  reason: The exemption is asked for, and granted before the deployment
  owner: platform
  expires: 2027-01-31
"""
ASSIGNED = (
    ("effects", "effects-deny-public-access"),
    ("effects", "effects-a-tag-that-is-added"),
    ("effects", "effects-versions-of-blobs"),
    ("effects", "effects-pods-inside-a-cluster"),
)


def policies() -> str:
    found = [one for file, name in ASSIGNED for one in entries(file) if one.id == name]
    return json.dumps(document([one.definition for one in found], [assignment(one) for one in found]))


@pytest.fixture
def folder(project: Project) -> Path:
    """The file lies beside the stack's, and is used unasked."""
    return project(PROGRAM, files={"azure-policies.dev.json": policies()})


@pytest.fixture
def found(folder: Path) -> Rehearsal:
    return rehearse(folder, "dev", today=TODAY)


def test_it_is_shown_in_every_form(found: Rehearsal) -> None:
    assert verdict(found) == "sample/dev: 1 refusal, 1 warning: it would not deploy"
    (refusal,) = found.refusals
    assert (refusal.rule, str(refusal.position), refusal.path) == (
        "AZP300",
        "__main__.py:4",
        "publicNetworkAccess",
    )
    text = render(found, {*()})
    assert "Azure Policy  3 of 4 assigned policies concern the stack: 1 denied, 1 changed," in text
    assert "properties.publicNetworkAccess is 'Enabled' and not 'Disabled':" in text
    whole = render(found)
    assert "403 RequestDisallowedByPolicy: properties.publicNetworkAccess is 'Enabled' and not" in whole
    assert "disallowed by policy 'Deny public access'" in whole
    assert "undecided: auditIfNotExists of policy 'Versions of blobs'" in whole
    assert "not evaluated: policy 'Pods inside a cluster'" in whole
    page = render_page(found.inventory)
    assert "a resource provider judges mode microsoft.kubernetes.data" in page
    assert "disallowed by policy" in page


def test_programs_get_the_same(found: Rehearsal, tmp_path: Path) -> None:
    summary = json.loads(json.dumps(summary_document(found)))
    assert summary["azurePolicies"]["outcomes"] == {"changed": 1, "denied": 1, "undecided": 1}
    assert [one["rule"] for one in summary["refusals"]] == ["AZP300"]
    run = json.loads(json.dumps(sarif_run(found, "0.0.0")))
    (denied,) = [one for one in run["results"] if one["ruleId"] == "AZP300"]
    assert denied["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
    (rule,) = [one for one in run["tool"]["driver"]["rules"] if one["id"] == "AZP300"]
    assert rule["shortDescription"]["text"] == "nothing that an assigned Azure Policy denies"
    failures = [case.find("failure") for case in junit_suite(found)]
    assert [failure.get("type") for failure in failures if failure is not None] == ["AZP300"]
    path = tmp_path / "inventory.json"
    path.write_text(found.inventory.to_json(), encoding="utf-8")
    assert read_inventory(path).azure_policies == found.azure_policies
    assert found.azure_policies is not None
    assert found.azure_policies.file == "azure-policies.dev.json"


def test_a_denial_can_be_accepted(project: Project) -> None:
    files = {"azure-policies.dev.json": policies(), "rehearsal-suppressions.yaml": SUPPRESSIONS}
    result = rehearse(project(PROGRAM, files=files), "dev", today=TODAY)
    assert result.ok
    assert [finding.rule for finding, _ in result.accepted] == ["AZP300"]


def test_without_a_file_nothing_is_said(project: Project) -> None:
    result = rehearse(project(PROGRAM), "dev", today=TODAY)
    assert result.azure_policies is None
    assert "Azure Policy" not in render(result)
    assert "azurePolicies" not in result.inventory.to_json()


def test_a_file_is_named_by_its_option(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "policies-dev.json"
    given.write_text(policies(), encoding="utf-8")
    (folder / "azure-policies.dev.json").unlink()
    option = str(tmp_path / "policies-{stack}.json")
    command = ["preview", "--project", str(folder), "--today", TODAY.isoformat(), "--azure-policies"]
    assert main([*command, option]) == 4
    assert "policies-dev.json" in capsys.readouterr().out
    assert main([*command, str(tmp_path / "none.json")]) == 1
    assert "none.json:1: cannot be read" in capsys.readouterr().err


def test_each_finding_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "azp305"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("AZP305: requests that Azure Policy does not change")
    assert 'tags={"owner": "data-platform"}' in shown


@pytest.mark.parametrize(
    ("token", "path", "expected"),
    [
        ("storage:StorageAccount", "properties.networkAcls.defaultAction", "networkRuleSet.defaultAction"),
        (
            "storage:StorageAccount",
            "properties.networkacls.ipRules[*].value",
            "networkRuleSet.ipRules[*].value",
        ),
        ("storage:StorageAccount", "properties.supportsHttpsTrafficOnly", "enableHttpsTrafficOnly"),
        ("storage:StorageAccount", "sku.name", "sku.name"),
        ("storage:StorageAccount", "tags.owner", "tags.owner"),
        ("storage/v20240101:StorageAccount", "properties.minimumTlsVersion", "minimumTlsVersion"),
        ("keyvault:Vault", "properties.enablePurgeProtection", "properties.enablePurgeProtection"),
        ("nowhere:Nothing", "properties.x", "properties.x"),
        ("storage:StorageAccount", "", ""),
    ],
)
def test_a_finding_names_the_input_of_the_program(token: str, path: str, expected: str) -> None:
    assert program_path(f"azure-native:{token}", path) == expected
