"""Promises of a small program: said by preview, counted, written down, explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.model.inventory_reader import read_inventory
from tests.rehearsal.conftest import Project

PROGRAM = """
import json
import pulumi
import pulumi_azure_native as azure

GROUP = "a0000000-0000-4000-8000-000000000001"
ROLES = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions"
settings = pulumi.Config()
group = azure.resources.ResourceGroup("rg", resource_group_name="rg", location="westeurope")
lake = azure.storage.StorageAccount(
    "lake",
    account_name="stlakeexample",
    resource_group_name=group.name,
    location="westeurope",
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    minimum_tls_version="TLS1_2",
    allow_shared_key_access=False,
    network_rule_set={"default_action": settings.get("firewall") or "Allow"},
)
if settings.get_bool("grant"):
    azure.authorization.RoleAssignment(
        "readers",
        scope=lake.id,
        principal_id=GROUP,
        principal_type="Group",
        role_assignment_name="b0000000-0000-4000-8000-000000000001",
        role_definition_id=f"{ROLES}/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    )
pulumi.export(
    "promises",
    {
        "form": 1,
        "places": {"office": {"kind": "internet", "ranges": ["203.0.113.0/24"]}},
        "promises": {
            "analyst-reads": {
                "who": {"persona": "analyst", "group": GROUP},
                "from": {"place": settings.get("place") or "office"},
                "does": "read blobs",
                "on": lake.id,
                "setting": "access.analysts",
            }
        },
    },
)
"""


def stack(**settings: str) -> str:
    lines = "".join(f"  sample:{key}: {json.dumps(value)}\n" for key, value in settings.items())
    return f"config:\n  azure-native:subscriptionId: 00000000-0000-0000-0000-000000000000\n{lines}"


def preview(folder: Path, *more: str) -> int:
    return main(["preview", "--project", str(folder), "--stack", "dev", "--today", "2026-11-30", *more])


def test_a_kept_promise_is_counted_and_written_down(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(PROGRAM, dev=stack(grant="true"))
    assert preview(folder, "--json", str(tmp_path / "dev.json")) == 0
    assert "promises      1 promise (1 kept)" in capsys.readouterr().out
    (row,) = [one for one in read_inventory(tmp_path / "dev.json").promises if one.kind == "promise"]
    assert (row.name, row.verdict) == ("analyst-reads", "open")
    assert row.right == (
        "Storage Blob Data Reader on /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/"
        "Microsoft.Storage/storageAccounts/stlakeexample",
    )


@pytest.mark.parametrize(
    ("settings", "rule", "missing"),
    [
        (
            {"firewall": "Allow"},
            "PRM301",
            "no right: Microsoft.Storage/storageAccounts/blobServices/containers",
        ),
        ({"firewall": "Deny", "grant": "true"}, "PRM300", "no road: "),
    ],
)
def test_a_promise_that_fails_says_what_is_missing_and_its_setting(
    project: Project,
    settings: dict[str, str],
    rule: str,
    missing: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = project(PROGRAM, dev=stack(**settings))
    assert preview(folder, "--promises") == 4
    said = capsys.readouterr().out
    assert f"{rule} analyst-reads: analyst from office: read blobs on stlakeexample" in said
    assert missing in said
    assert "access.analysts would give it" in said
    assert "sample/dev: 1 promise not kept" in said
    assert "it would deploy and not work" in said


def test_a_wrong_output_is_said_in_one_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(PROGRAM, dev=stack(place="ofice"))
    assert preview(folder) == 2
    assert capsys.readouterr().err.splitlines() == [
        "output promises: promises.analyst-reads.from.place: there is no place ofice; did you mean office?"
    ]


def test_explain_walks_a_promise_hop_by_hop(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(PROGRAM, dev=stack(grant="true"))
    assert main(["explain", "analyst-reads", "--project", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "dev: analyst-reads (promise): analyst from office: read blobs on stlakeexample"
    assert lines[1] == "  road: open"
    assert "  right: open" in lines
    assert "    [readers]" in lines


def test_explain_says_what_a_failing_promise_lacks(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(PROGRAM, dev=stack())
    assert main(["explain", "analyst-reads", "--project", str(folder)]) == 4
    said = capsys.readouterr().out
    assert "  right: closed\n    missing: Microsoft.Storage/" in said
    assert "  setting: access.analysts" in said


def test_explain_knows_no_other_name(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(PROGRAM, dev=stack(grant="true"))
    assert main(["explain", "analyst-read", "--project", str(folder)]) == 1
    assert capsys.readouterr().err == (
        "there is no promise or requirement analyst-read; nearest: analyst-reads\n"
    )
