"""ARM's validation as a check of preflight: asked only where the stack was exported, each error a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.preflight.azure import Azure
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.preflight.validation import validation_by_arm
from tests.infra.azure_judges.export_of_a_stack import CLUSTER, HUB, manifest, write_export
from tests.infra.azure_judges.test_validate import AT_HUB, AT_SUBSCRIPTION, FORBIDDEN, answers, refused
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import AllowHttp, Token
from tests.infra.stack_settings import settings_of

SETTINGS = settings_of("prod")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_export(tmp_path)


def findings(export: Path | None, **given: Answer) -> list[Finding]:
    with fake_arm(answers(**given)) as arm:
        azure = Azure(
            Token(SETTINGS.azure.tenant_id),
            SETTINGS.azure.subscription_id,
            base_url=arm.url,
            options={"per_call_policies": [AllowHttp()]},
        )
        return list(validation_by_arm(Task(SETTINGS, azure, export=export)))


def test_without_an_export_it_says_how_to_ask() -> None:
    (finding,) = findings(None)
    assert (finding.verdict, finding.run) == (Verdict.NOTE, "make preflight STACK=prod VALIDATE=1")


def test_what_arm_accepts_stops_nothing(export: Path) -> None:
    assert [one.verdict for one in findings(export)] == [Verdict.OK, Verdict.OK]


def test_each_error_stops_a_deployment_and_says_what_helps_where(export: Path) -> None:
    sku = {
        "code": "SkuNotAvailable",
        "message": f"The requested size for resource '{CLUSTER}' is not available.",
    }
    accepted, failed = sorted(
        findings(export, **{AT_SUBSCRIPTION: refused(sku)}), key=lambda one: one.verdict
    )[::-1]
    assert accepted.message == f"{HUB}: ARM would accept the deployment of 1 resources"
    assert failed.message == f"cluster: SkuNotAvailable: {sku['message']}"
    assert failed.run.endswith("az vm list-skus offers to the subscription (infra/data/lake.py:80)")
    assert failed.stops


def test_what_arm_did_not_judge_is_not_known_to_be_right(export: Path) -> None:
    (unknown,) = [one for one in findings(export, **{AT_HUB: Answer({"error": FORBIDDEN}, 403)}) if one.stops]
    assert unknown.verdict is Verdict.UNKNOWN
    assert "Microsoft.Resources/deployments/validate/action" in unknown.message
    (export / "manifest.json").write_text(json.dumps(manifest() | {"subscriptionId": "another"}))
    (other,) = findings(export)
    assert (other.verdict, other.run) == (Verdict.UNKNOWN, "make validate STACK=prod")
    assert "the export is of subscription another" in other.message
