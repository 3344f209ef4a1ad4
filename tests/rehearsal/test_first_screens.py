"""The first screen of a preview and of a page as files, to be read whole: what somebody sees before scrolling.

The change report's is tests/data/changes/report.txt (`tests/rehearsal/changes/test_rendering.py`).
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.page.page import render_page
from rehearsal.report import render
from rehearsal.run import Rehearsal, rehearse

Project = Callable[..., Path]

SCREENS = Path(__file__).parents[1] / "data" / "rehearsal" / "screens"
LINES, COLUMNS = 40, 80
"""Of a terminal that nobody has enlarged much."""

PROGRAM = """
import pulumi
from pulumi_azure_native import authorization, keyvault, machinelearningservices, resources, storage

class Part(pulumi.ComponentResource):
    def __init__(self, name, parent=None):
        super().__init__("acme:index:Part", name, None, pulumi.ResourceOptions(parent=parent))

platform = Part("platform")
lake, secrets = Part("lake", platform), Part("secrets", platform)
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope",
    tags={"owner": "team@example.com"}, opts=pulumi.ResourceOptions(parent=platform))
account = storage.StorageAccount("account", resource_group_name=rg.name, account_name="stmldev", location="westeurope",
    kind="StorageV2", sku={"name": "Standard_LRS"}, opts=pulumi.ResourceOptions(parent=lake, protect=True))
for zone in ("raw", "curated"):
    storage.BlobContainer(zone, resource_group_name=rg.name, account_name=account.name, container_name=zone,
        opts=pulumi.ResourceOptions(parent=lake))
keyvault.Vault("kv", resource_group_name=rg.name, vault_name="kv-ml-dev", location="westeurope",
    properties={"sku": {"family": "A", "name": "standard"}, "tenant_id": "22222222-2222-2222-2222-222222222222",
                "enable_purge_protection": False, "enable_rbac_authorization": True},
    opts=pulumi.ResourceOptions(parent=secrets))
authorization.RoleAssignment("reads", scope=account.id, role_assignment_name="6f9619ff-8b86-d011-b42d-00c04fc964ff",
    principal_id="a0000000-0000-4000-8000-000000000001", principal_type="Group",
    role_definition_id="/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/"
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", opts=pulumi.ResourceOptions(parent=lake))
pulumi.export("monthly_cost", {"currency": "USD", "as_of": "2026-11-01",
    "parts": {"data": {"lake": 10.0}, "Azure ML": {"training cluster gpu": 0.0}},
    "how": {"lake": "500 GB, Standard_LRS"}, "counted_as_0": {"training cluster gpu": "cost.hours.gpu"}})
pulumi.export("principal_names", {"a0000000-0000-4000-8000-000000000001": "analyst (sg-ml-analysts)"})
"""


@pytest.fixture
def rehearsal(project: Project) -> Rehearsal:
    return rehearse(project(PROGRAM), "dev", today=datetime.date(2026, 11, 21))


def preview_screen(rehearsal: Rehearsal) -> str:
    """Without the number of rules, which grows."""
    return re.sub(r"Checked: \d+", "Checked: N", render(rehearsal, ()))


def page_screen(rehearsal: Rehearsal) -> str:
    """The page without its style sheet, up to its list of resources."""
    text = re.sub(r"<style>.*?</style>", "", render_page(rehearsal.inventory), flags=re.DOTALL)
    text = re.sub(r"style-src 'sha256-[^']*'", "style-src 'sha256-…'", text)
    return text.partition('<section aria-labelledby="components">')[0]


@pytest.mark.parametrize(("name", "screen"), [("preview.txt", preview_screen), ("page.html", page_screen)])
def test_a_first_screen_reads_as_its_file(
    name: str, screen: Callable[[Rehearsal], str], rehearsal: Rehearsal
) -> None:
    path = SCREENS / name
    if os.environ.get("WRITE_SCREENS"):
        path.write_text(screen(rehearsal), encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert screen(rehearsal) == expected, "read it, then run this test with WRITE_SCREENS=1"


def test_a_preview_fits_one_screen(rehearsal: Rehearsal) -> None:
    lines = preview_screen(rehearsal).splitlines()
    assert len(lines) <= LINES
    assert [line for line in lines if len(line) > COLUMNS] == []
