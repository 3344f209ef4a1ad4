"""A preview and the preflight ask for the same vCPUs of every quota: one reads resources, the other settings."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
import yaml

from azure_facts.quotas import most_by_quota
from infra.preflight.cores import nodes_at_most
from infra.settings.load import load_from_stack_file
from infra.settings.platform import PlatformSettings
from rehearsal.report import render
from tests.infra.platforms import ALL, ROOT, SCENARIOS, STACKS, TODAY, merge_patch, rehearsed

_LINE = re.compile(r"  westeurope (.+) \((VMs|Azure ML)\): \d+ at deployment, (\d+) at most; .+")


def settings_of(name: str) -> PlatformSettings:
    """The settings of a committed stack, or of a scenario, which differs from dev by a patch."""
    if name in STACKS:
        return load_from_stack_file(ROOT / f"Pulumi.{name}.yaml", today=TODAY).settings
    patch = yaml.safe_load((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))
    document = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    config = merge_patch(document["config"], {f"mlplatform:{area}": one for area, one in patch.items()})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Pulumi.test.yaml"
        path.write_text(yaml.safe_dump({"config": config}), encoding="utf-8")
        return load_from_stack_file(path, today=TODAY).settings


@pytest.mark.parametrize("name", ALL)
def test_preview_and_preflight_ask_for_the_same(name: str) -> None:
    preflight = {
        (quota.title, quota.machine_learning): most
        for quota, most in most_by_quota(nodes_at_most(settings_of(name))).items()
    }
    lines = (_LINE.fullmatch(line) for line in render(rehearsed(name)).splitlines())
    preview = {(line[1], line[2] == "Azure ML"): int(line[3]) for line in lines if line}
    assert preview == preflight
