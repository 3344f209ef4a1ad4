"""What the acts need beside the subscription, compared with what the caller really holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.preflight.acts import rights_of_its_acts
from infra.preflight.azure import Azure
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from tests.infra.preflight.fake_arm import Answer, FakeArm, fake_arm
from tests.infra.preflight.ready_subscription import OBJECT, SETTINGS, SUBSCRIPTION, AllowHttp, Token

HUB = "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub-dns"
JOIN = "Microsoft.Network/privateDnsZones/join/action"
ACTS = f"""\
identities:
  person:
    azure:
      - {{role: Owner, scope: {SUBSCRIPTION}}}
  deploy:
    object_id: {OBJECT.upper()}
    azure:
      - {{role: Contributor, scope: {SUBSCRIPTION}}}
      - {{role: Private DNS Zone Contributor, scope: {HUB}, needs: [{JOIN}], why: joins zones}}
"""
ASSIGNMENTS = f"GET {HUB}/providers/Microsoft.Authorization/roleAssignments"
ROLE = f"{HUB}/providers/Microsoft.Authorization/roleDefinitions/r"


def held(*actions: str, scope: str = HUB) -> dict[str, list[Answer]]:
    assignment = {"properties": {"scope": scope, "roleDefinitionId": ROLE}}
    return {
        ASSIGNMENTS: [Answer({"value": [assignment]})],
        f"GET {ROLE}": [Answer({"properties": {"permissions": [{"actions": list(actions)}]}})],
    }


def look(arm: FakeArm, acts: Path) -> list[Finding]:
    options = {"per_call_policies": [AllowHttp()], "retry_total": 0}
    azure = Azure(Token(), SETTINGS.azure.subscription_id, base_url=arm.url, options=options)
    return list(rights_of_its_acts(Task(SETTINGS, azure, acts=acts)))


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (held("*"), Verdict.OK),
        (held("*", scope=HUB.rpartition("/resourceGroups")[0]), Verdict.OK),
        (held("Microsoft.Network/*"), Verdict.OK),
        (held("*/read"), Verdict.FAILED),
        (held("*", scope=f"{HUB}-other"), Verdict.FAILED),
        ({}, Verdict.FAILED),
    ],
)
def test_what_another_team_lends_is_looked_at_there(
    tmp_path: Path, answers: dict[str, list[Answer]], verdict: Verdict
) -> None:
    acts = tmp_path / "Acts.dev.yaml"
    acts.write_text(ACTS, encoding="utf-8")
    with fake_arm(answers) as arm:
        (finding,) = look(arm, acts)
    assert finding.verdict is verdict
    if verdict is Verdict.FAILED:
        assert finding.message == f"{JOIN} is not allowed on {HUB}, as deploy: joins zones"
        assert finding.run.endswith(f'--role "Private DNS Zone Contributor" --scope {HUB}')


def test_nobody_of_the_file_is_judged_as_the_person(tmp_path: Path) -> None:
    acts = tmp_path / "Acts.dev.yaml"
    acts.write_text(ACTS.replace(OBJECT.upper(), "somebody-else"), encoding="utf-8")
    with fake_arm({}) as arm:
        assert look(arm, acts) == []


def test_without_a_file_nothing_is_asked_and_a_broken_one_is_told(tmp_path: Path) -> None:
    with fake_arm({}) as arm:
        assert look(arm, tmp_path / "Acts.dev.yaml") == []
        (tmp_path / "Acts.dev.yaml").write_text("- no map\n", encoding="utf-8")
        (finding,) = look(arm, tmp_path / "Acts.dev.yaml")
        assert arm.asked == []
    assert finding.verdict is Verdict.UNKNOWN
