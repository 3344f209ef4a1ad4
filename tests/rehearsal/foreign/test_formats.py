"""Findings as code scanning and pipelines read them, at the lines of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rehearsal.cli import main

Project = Callable[..., Path]

PROGRAM = """import pulumi
from pulumi_azure_native import resources

import parts

group = resources.ResourceGroup("group", location="westeurope")
parts.account("lake ##vso[task.complete]", group)
"""
PARTS = """from pulumi_azure_native import storage


def account(name, group):
    return storage.StorageAccount(
        name,
        account_name="stlake7k2ap",
        resource_group_name=group.name,
        kind="StorageV2",
        sku={"name": "Standard_LRS"},
        minimum_tls_version="TLS1_0",
        access_tier="hot",
    )
"""


@pytest.fixture
def folder(project: Project) -> Path:
    return project(PROGRAM, files={"parts.py": PARTS})


def test_sarif_names_the_line_that_declares_the_resource(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preview", "--project", str(folder), "--format", "sarif"]) == 4
    document = json.loads(capsys.readouterr().out)
    (run,) = document["runs"]
    found = [
        (
            result["ruleId"],
            result["level"],
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for result in run["results"]
    ]
    assert found == [("ST001", "error", "parts.py", 5), ("SDK005", "warning", "parts.py", 5)]


def test_sarif_keeps_to_the_published_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The constraints of the schema of SARIF 2.1.0 on what is written: required properties, and values of enums."""
    main(["preview", "--project", str(folder), "--format", "sarif"])
    document = json.loads(capsys.readouterr().out)
    assert document["version"] == "2.1.0"
    assert set(document) == {"$schema", "version", "runs"}
    for run in document["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
        for rule in driver["rules"]:
            assert rule["shortDescription"]["text"]
        for result in run["results"]:
            assert result["message"]["text"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            (location,) = result["locations"]
            place = location["physicalLocation"]
            assert place["region"]["startLine"] >= 1
            assert not place["artifactLocation"]["uri"].startswith(("/", ".."))
            assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())


PROMISING = """import pulumi
from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")
lake = storage.StorageAccount(
    "lake",
    account_name="stlake7k2ap",
    resource_group_name=group.name,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    minimum_tls_version="TLS1_2",
    public_network_access="Disabled",
)
who = {"persona": "analyst", "group": "11111111-1111-4111-8111-111111111111"}
read = {"who": who, "from": {"place": "office"}, "does": "read blobs", "on": lake.id}
see = {"who": {"application": "22222222-2222-4222-8222-222222222222"}, "from": {"place": "office"}} | {
    "does": "reach", "on": "", "over": {"host": "packages.example.com"}}
places = {"office": {"kind": "internet", "ranges": ["203.0.113.0/24"]}}
pulumi.export("promises", {"form": 1, "places": places, "promises": {"reads": read, "installs": see}})
"""


def test_a_broken_promise_is_shown_at_what_it_is_about(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(project(PROMISING))
    assert main(["preview", "--project", folder, "--format", "junit"]) == 4
    root = ElementTree.fromstring(capsys.readouterr().out)
    cases = {case.get("name"): case for case in root.iter("testcase") if case.get("classname") == "promise"}
    assert set(cases) == {"reads", "installs"}
    broken = cases["reads"]
    assert (broken.get("file"), broken.get("line")) == ("__main__.py", "5")
    assert broken.find("failure") is not None
    assert cases["installs"].find("failure") is None
    assert main(["preview", "--project", folder, "--format", "sarif"]) == 4
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (place,) = [
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in run["results"]
        if result["ruleId"] == "PRM300"
    ]
    assert place == 5


def test_junit_has_a_test_for_each_resource(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "--project", str(folder), "--format", "junit"]) == 4
    root = ElementTree.fromstring(capsys.readouterr().out)
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == {"group", "lake #\\#vso[task.complete]"}
    failed = cases["lake #\\#vso[task.complete]"]
    assert (failed.get("file"), failed.get("line")) == ("parts.py", "5")
    failure = failed.find("failure")
    assert failure is not None
    assert failure.get("type") == "ST001"


def test_no_output_gives_a_pipeline_an_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for chosen in ("text", "sarif", "junit"):
        main(["preview", "--project", str(folder), "--all", "--format", chosen])
        written = capsys.readouterr()
        assert "##vso[" not in written.out + written.err
        assert "vso[task.complete]" in written.out.replace("\\\\", "\\")


def test_a_suppression_takes_a_finding_out_until_it_ends(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "rehearsal-suppressions.yaml").write_text(
        "- rule: ST001\n"
        '  resource: "dev/azure-native:storage:StorageAccount/lake*"\n'
        "  reason: Old scales in the factory speak nothing newer until they are replaced.\n"
        "  owner: factory@example.com\n"
        "  expires: 2027-01-31\n"
    )
    arguments = ["preview", "--project", str(folder), "--findings"]
    assert main([*arguments, "--today", "2027-01-31"]) == 0
    assert "ST001" not in capsys.readouterr().out
    assert main([*arguments, "--today", "2027-01-31", "--format", "sarif"]) == 0
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [result["ruleId"] for result in results if "suppressions" in result] == ["ST001"]
    assert main([*arguments, "--today", "2027-02-01"]) == 4
    assert {"ST001", "GEN300"} <= set(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("rule: ST001\n", "must be a list of suppressions"),
        ("- rule: ST999\n", "no rule ST999"),
        ("- rule: ST001\n  why: so\n", "no field why"),
        (
            "- {rule: ST001, resource: x/y, reason: because we say so often, owner: me, expires: soon}\n",
            "a date such as",
        ),
    ],
)
def test_a_wrong_file_of_suppressions_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    path = folder / "accepted.yaml"
    path.write_text(content)
    assert main(["preview", "--project", str(folder), "--suppressions", str(path)]) == 1
    assert said in capsys.readouterr().err
