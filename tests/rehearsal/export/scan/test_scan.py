"""A scanner's results at the program's lines: what checkov 3.3.30 wrote about an export, and what is no such file.

`tests/data/rehearsal/scan/checkov.sarif` is what `checkov -d . --framework arm --output sarif` wrote there.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rehearsal.cli import main
from rehearsal.export.scan.template_lines import resource_lines

RECORDED = Path(__file__).parents[3] / "data/rehearsal/scan"
LAKE = "urn:pulumi:prod::mlplatform::mlplatform:data:Lake$azure-native:storage:StorageAccount::lake"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A program in a folder of a repository, and the export of one of its stacks."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "platform"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: mlplatform\nruntime: python\n")
    (folder / "__main__.py").write_text("")
    shutil.copytree(RECORDED, folder / "export")
    return folder


def attribute(project: Path, *more: str) -> int:
    export = project / "export"
    results = str(export / "checkov.sarif")
    return main(["attribute", results, "--project", str(project), "--export", str(export), *more])


def written(project: Path) -> dict[str, Any]:
    output = project / "scan.sarif"
    assert attribute(project, "--output", str(output)) == 0
    (run,) = json.loads(output.read_text(encoding="utf-8"))["runs"]
    return run


def test_results_are_shown_at_the_lines_that_declared_the_resources(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attribute(project) == 0
    assert capsys.readouterr().out.splitlines() == [
        "infra/data/lake.py:40: lake (storage.StorageAccount)",
        "    CKV_AZURE_206: Ensure that Storage Accounts use replication",
        "    CKV_AZURE_35: Ensure default network access rule for Storage Accounts is set to deny",
        "    CKV_AZURE_36: Ensure 'Trusted Microsoft Services' is enabled for Storage Account access",
        "vault (keyvault.Vault)",
        "    CKV_AZURE_109: Ensure that key vault allows firewall rules settings",
        "    CKV_AZURE_189: Ensure that Azure Key Vault disables public network access",
        "    CKV_AZURE_42: Ensure the key vault is recoverable",
        "Checkov: 6 results of 6 rules on 2 resources",
    ]


def test_code_scanning_gets_the_line_in_the_repository_and_the_template_beside_it(project: Path) -> None:
    run = written(project)
    assert run["tool"]["driver"]["name"] == "Checkov"
    assert run["automationDetails"]["id"] == "checkov/mlplatform/prod/"
    by_rule = {one["ruleId"]: one for one in run["results"]}
    lake = by_rule["CKV_AZURE_35"]
    assert lake["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "platform/infra/data/lake.py", "uriBaseId": "SRCROOT"},
                "region": {"startLine": 40},
            },
            "logicalLocations": [{"fullyQualifiedName": LAKE, "kind": "resource"}],
        }
    ]
    assert lake["relatedLocations"] == [
        {
            "id": 1,
            "message": {"text": "in the export"},
            "physicalLocation": {
                "artifactLocation": {"uri": "group.json"},
                "region": {"startLine": 6, "endLine": 20},
            },
        }
    ]
    # No line of the program's own declared the vault: the alert is at the program's first.
    vault = by_rule["CKV_AZURE_42"]["locations"][0]
    assert vault["physicalLocation"]["artifactLocation"]["uri"] == "platform/__main__.py"
    fingerprints = {one["partialFingerprints"]["rehearsal/v1"] for one in run["results"]}
    assert len(fingerprints) == 6


def test_an_alert_stays_the_same_when_the_template_moves(project: Path) -> None:
    before = {one["ruleId"]: one["partialFingerprints"] for one in written(project)["results"]}
    template, results = project / "export/group.json", project / "export/checkov.sarif"
    template.write_text("\n\n" + template.read_text())
    told = json.loads(results.read_text())
    for one in told["runs"][0]["results"]:
        region = one["locations"][0]["physicalLocation"]["region"]
        region |= {"startLine": region["startLine"] + 2, "endLine": region["endLine"] + 2}
    results.write_text(json.dumps(told))
    assert {one["ruleId"]: one["partialFingerprints"] for one in written(project)["results"]} == before


def test_a_scanner_that_is_some_lines_off_means_what_most_of_its_lines_are(project: Path) -> None:
    """checkov's checks of connections between resources begin two lines early."""
    results = project / "export/checkov.sarif"
    told = json.loads(results.read_text())
    region = told["runs"][0]["results"][-1]["locations"][0]["physicalLocation"]["region"]
    region |= {"startLine": region["startLine"] - 2, "endLine": region["endLine"] - 2}
    results.write_text(json.dumps(told))
    (location,) = written(project)["results"][-1]["locations"]
    assert location["logicalLocations"][0]["fullyQualifiedName"].endswith(
        "azure-native:keyvault:Vault::vault"
    )


def test_what_belongs_to_no_resource_is_told_beside(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = project / "export/checkov.sarif"
    told = json.loads(results.read_text())
    first, second, *_ = told["runs"][0]["results"]
    first["locations"][0]["physicalLocation"]["region"] = {"startLine": 1}
    second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "elsewhere/other.json"
    told["runs"][0]["results"] = [first, second, {"ruleId": "X", "message": {"text": "nowhere"}}]
    results.write_text(json.dumps(told))
    assert attribute(project) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "no resource of the export"
    assert "    X: nowhere" in lines
    assert lines[-1] == "Checkov: 3 results of 3 rules on 0 resources"


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        (
            "manifest.json",
            None,
            "manifest.json: No such file or directory; rehearsal export --format arm writes it",
        ),
        ("manifest.json", "[]", "manifest.json: must be an object"),
        ("manifest.json", '{"format": 9}', "manifest.json: has a form that this version does not read"),
        (
            "manifest.json",
            '{"format": 1, "templates": [{}]}',
            "manifest.json: templates[0].file is missing; it must be a text",
        ),
        ("checkov.sarif", None, "checkov.sarif: No such file or directory"),
        ("checkov.sarif", "{", "checkov.sarif: is no JSON"),
        ("checkov.sarif", "{}", "checkov.sarif: is no SARIF: it has no list of runs"),
        ("group.json", "[]", "group.json: is no JSON object with resources"),
        ("group.json", '{"resources": [', "group.json: is no JSON object with resources"),
    ],
)
def test_a_file_of_another_form_is_named(
    file: str, content: str | None, says: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "export" / file
    path.unlink()
    if content is not None:
        path.write_text(content)
    output = project / "scan.sarif"
    assert attribute(project, "--output", str(output)) == 1
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert not output.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"resources": []}', ()),
        ('{"a": [1, {"resources": [2]}], "resources": [{}, {"x": "]"}]}', ((1, 1), (1, 1))),
        ('{\n "resources": [\n  {\n  },\n  {"a": "\\n}"}\n ]\n}\n', ((3, 4), (5, 5))),
        ('\ufeff{"resources": [{}]}', None),
        ('{"other": 1}', ()),
        ("", None),
    ],
)
def test_the_lines_of_each_resource(text: str, expected: tuple[tuple[int, int], ...] | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="no JSON object with resources"):
            resource_lines(text)
    else:
        assert resource_lines(text) == expected
