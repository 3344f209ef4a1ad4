"""`make azure-policies` against a landing zone on loopback: the file that it writes, and what keeps it from writing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra.azure_judges.__main__ import main
from infra.azure_judges.aliases import aliases_mentioned
from infra.azure_judges.versions import pinned_version
from infra.live.exit_codes import ExitCode
from tests.infra.azure_judges.landing_zone import (
    ASSIGNMENTS,
    AZURE,
    CORPORATE,
    DEFINITIONS,
    EXEMPTIONS,
    GRAPH,
    INITIATIVES,
    KEYS_OFF,
    PROVIDERS,
    ROOT,
    SKUS,
    STORAGE,
    assignment,
    landing_zone,
    lead_to,
)
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.verify.cloud import Refused, Signed
from tests.reference_platform import FOLDER

REFUSED = Answer({"error": {"code": "AuthorizationFailed", "message": "no"}}, 403)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "azure-policies.prod.json"


def read(file: Path) -> int:
    return main(["policies", "--stack", "prod", "--project", str(FOLDER), "--output", str(file)])


def written(answers: dict[str, list[Answer]], file: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    with fake_arm(answers) as arm:
        lead_to(arm, monkeypatch)
        assert read(file) == ExitCode.PASSED
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_file_has_what_is_assigned_from_every_level_and_what_it_refers_to(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = written(landing_zone(), file, monkeypatch)
    assert list(found) == [
        "format",
        "tenantId",
        "subscriptionId",
        "readOn",
        "managementGroups",
        "assignments",
        "definitions",
        "initiatives",
        "exemptions",
        "aliases",
    ]
    assert (found["format"], found["tenantId"]) == (1, AZURE.tenant_id)
    assert found["managementGroups"] == [CORPORATE, ROOT]
    assert [one["name"] for one in found["assignments"]] == ["baseline", "allowed-skus"]
    assert found["assignments"][0]["properties"]["enforcementMode"] == "DoNotEnforce"
    # The pinned version beside the latest, which another assignment means; nothing that nobody assigns.
    assert [one["id"] for one in found["definitions"]] == [SKUS, f"{SKUS}/versions/1.0.1", KEYS_OFF]
    assert [one["name"] for one in found["initiatives"]] == ["corp-baseline"]
    assert [one["name"] for one in found["exemptions"]] == ["lab"]
    assert {kind: [one["name"] for one in aliases] for kind, aliases in found["aliases"].items()} == {
        STORAGE: [
            f"{STORAGE}/allowSharedKeyAccess",
            f"{STORAGE}/networkAcls.ipRules",
            f"{STORAGE}/networkAcls.ipRules[*]",
            f"{STORAGE}/sku.name",
        ]
    }
    assert "2 assignments of 3 definitions and 1 initiatives, 1 exemptions" in capsys.readouterr().out


def test_nobody_is_named_in_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = written(landing_zone(), file, monkeypatch)
    assert "someone" not in file.read_text(encoding="utf-8").lower()
    assert found["assignments"][0]["properties"]["metadata"] == {"owner": "cloud"}


def test_the_same_policies_are_the_same_bytes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(landing_zone(), file, monkeypatch)
    first = file.read_bytes()
    other = landing_zone()
    for answers in (other[DEFINITIONS], other[PROVIDERS]):
        answers[0].body["value"].reverse()
        for one in answers[0].body["value"]:
            one |= {key: one.pop(key) for key in list(one)[::-1]}
    written(other, file, monkeypatch)
    assert file.read_bytes() == first


def test_who_is_throttled_waits_as_long_as_azure_says(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = landing_zone()
    slow = Answer({"error": {"code": "TooManyRequests", "message": "wait"}}, 429, {"Retry-After": "0"})
    answers[ASSIGNMENTS].insert(0, slow)
    answers[GRAPH].insert(0, slow)
    answers[PROVIDERS].insert(0, Answer({}, 503))
    assert len(written(answers, file, monkeypatch)["assignments"]) == 2


@pytest.mark.parametrize(
    ("request_", "answer", "says"),
    [
        (ASSIGNMENTS, REFUSED, "this identity may not look at policy assignments: it needs Reader"),
        (EXEMPTIONS, REFUSED, "this identity may not look at policy exemptions: it needs Reader"),
        (
            INITIATIVES,
            Answer({"error": {"code": "X", "message": "down"}}, 500),
            "Azure answered 500 for initiatives",
        ),
        (
            DEFINITIONS,
            Answer({"error": {"code": "X"}}, 429),
            "Azure throttles the look at policy definitions",
        ),
        (PROVIDERS, Answer(hang=True), "no answer about aliases of resource types"),
        (ASSIGNMENTS, Answer(page="<html>Sign in</html>"), "the answer about policy assignments is no JSON"),
        (
            GRAPH,
            Answer(page="<html>"),
            "the answer about the management groups of the subscription is no JSON",
        ),
        (DEFINITIONS, Answer([1]), "is no list"),
        (GRAPH, Answer({"error": {"code": "InvalidAuthenticationToken"}}, 401), "does not accept the token"),
        (GRAPH, Answer({"data": []}), "Azure Resource Graph does not know the subscription yet"),
        (ASSIGNMENTS, Answer({"error": "none"}), "is no list"),
        (
            ASSIGNMENTS,
            Answer({"value": [], "nextLink": "http://127.0.0.2:9/more"}),
            "goes on at another host",
        ),
        (
            ASSIGNMENTS,
            Answer({"value": [assignment(f"{CORPORATE}-moved", "late", SKUS)]}),
            "late is assigned at /providers/Microsoft.Management/managementGroups/corp-moved, which",
        ),
    ],
)
def test_without_every_answer_the_file_stays_as_it_is(
    request_: str,
    answer: Answer,
    says: str,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file.write_text("as it was")
    answers = landing_zone() | {request_: [answer]}
    with fake_arm(answers) as arm:
        lead_to(arm, monkeypatch, read_seconds=0.3)
        assert read(file) == ExitCode.UNASKED
    told = capsys.readouterr()
    assert says in told.err
    assert "    run: " in told.err
    assert told.out == ""
    assert file.read_text() == "as it was"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("credential", "says"),
    [
        (
            Signed(tid="99999999-1111-1111-1111-111111111111"),
            "signed in to 99999999-1111-1111-1111-111111111111",
        ),
        (Refused("management", "AADSTS70043: The refresh token has expired. Trace"), "AADSTS70043"),
    ],
)
def test_the_wrong_sign_in_reads_nothing(
    credential: Signed,
    says: str,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with fake_arm(landing_zone()) as arm:
        lead_to(arm, monkeypatch, credential)
        assert read(file) == ExitCode.UNASKED
        assert arm.asked == []
    assert says in capsys.readouterr().err
    assert not file.exists()


def test_a_definition_that_is_gone_is_named_and_the_rest_is_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = landing_zone()
    gone = f"{CORPORATE}/providers/Microsoft.Authorization/policyDefinitions/gone"
    answers["GET /more/assignments2"][0].body["value"].append(assignment(CORPORATE, "orphan", gone))
    found = written(answers, file, monkeypatch)
    assert [one["name"] for one in found["assignments"]] == ["baseline", "orphan", "allowed-skus"]
    assert f"{gone} is assigned, and there is no such definition" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_an_error_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_arm(landing_zone()) as arm:
        lead_to(arm, monkeypatch)
        assert read(tmp_path / "absent" / "policies.json") == ExitCode.ERROR
    assert "policies.json: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", ""),
        ("1.*.*", ""),
        ("1.2.*", ""),
        ("1.0.*", "1.0.10"),
        ("1.0.0", "1.0.0"),
        ("2.*.*", ""),
        ("1.1.*-preview", "1.1.0-preview"),
    ],
)
def test_the_newest_version_that_a_pattern_allows(pattern: str, expected: str) -> None:
    versions = ["1.2.1", "1.1.0-preview", "1.0.9", "1.0.10", "1.0.0"]
    assert pinned_version({"version": "1.2.1", "versions": versions}, pattern) == expected


def test_an_alias_is_found_in_a_parameter_and_inside_of_a_template_function() -> None:
    names = [
        "Microsoft.App/apps/a",
        "Microsoft.App/apps/list[*]",
        "Microsoft.App/apps/list",
        "Microsoft.App/apps/b",
    ]
    providers = [
        {
            "namespace": "Microsoft.App",
            "resourceTypes": [{"resourceType": "apps", "aliases": [{"name": name} for name in names]}],
        }
    ]
    policies = [
        {"parameters": {"field": {"value": "microsoft.app/apps/A"}}},
        {"value": "[length(field('Microsoft.App/apps/list[*].name'))]"},
    ]
    found = aliases_mentioned(providers, policies)
    assert [one["name"] for one in found["Microsoft.App/apps"]] == names[:3]
