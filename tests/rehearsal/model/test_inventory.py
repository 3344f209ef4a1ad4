"""The inventory's document: written and read back, and what is wrong in one is said in one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rehearsal.model.access import AccessGrant
from rehearsal.model.errors import RehearsalError
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.inventory import DeploymentStep, FirstDeployment, Inventory, InventoryResource
from rehearsal.model.inventory_reader import parse_inventory, read_inventory
from rehearsal.model.policy import EnforcementLevel, PackResult, PolicyFinding
from rehearsal.model.promised import OpenRoad, Promised
from rehearsal.model.resource import Options

URN = "urn:pulumi:dev::shop::azure-native:storage:StorageAccount::lake"
DATA = "urn:pulumi:dev::shop::shop:data:Data::data"


def whole() -> Inventory:
    """Something in every field."""
    account = InventoryResource(
        urn=URN,
        type="azure-native:storage:StorageAccount",
        name="lake",
        id="/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/lake",
        external=True,
        parent=DATA,
        provider="urn:pulumi:dev::shop::pulumi:providers:azure-native::azure::id",
        dependencies=(DATA,),
        property_dependencies={"sku": (DATA,)},
        inputs={"sku": {"name": "Standard_LRS"}, "tags": ["a", None, 1, 1.5, True]},
        outputs={"key": "[secret]", "principalId": "[unknown]"},
        options=Options(
            protect=True,
            retain_on_delete=True,
            delete_before_replace=False,
            deleted_with=DATA,
            replace_with=(DATA,),
            ignore_changes=("sku",),
            replace_on_changes=("kind",),
            additional_secret_outputs=("key",),
            custom_timeouts={"create": "1h"},
            import_id="lake",
            aliases=(DATA,),
            hooks={"on_error": ("retry",)},
        ),
    )
    component = InventoryResource(urn=DATA, type="shop:data:Data", name="data", custom=False)
    violation = PolicyFinding(URN, "tags", "no owner", "ours", EnforcementLevel.MANDATORY, "high")
    return Inventory(
        stack="dev",
        project="shop",
        today="2026-11-21",
        resources=(account, component),
        counts={account.type: 1, component.type: 1},
        outputs={"url": "https://example.com"},
        refusals=(Finding(URN, "STA001", "sku", "no", status=409, code="Conflict", source="page"),),
        warnings=(Finding(URN, "STO002", "", "perhaps", severity=Severity.WARNING),),
        generic_types={"azure-native:dashboard:Grafana": 1},
        generic_functions={"databricks:index/getZones:getZones": 2},
        first_deployment=FirstDeployment(2.5, (DeploymentStep(URN, 0.5, 2.0, "estimate"),)),
        external_ids=("/subscriptions/s/resourceGroups/hub",),
        policies=(PackResult("ours", "1.0.0", 40, (violation,)),),
        promises=(
            Promised(
                "promise",
                "reads",
                "analyst from hub: read blobs",
                "closed",
                missing="no right",
                setting="x.y",
            ),
        ),
        roads=(OpenRoad("hub", "lake (blob)", promised=True),),
        access=(AccessGrant("analysts", "Group", "storage.StorageAccount lake", "Reader", "", "", URN),),
    )


def document(**changes: object) -> str:
    return json.dumps({**json.loads(whole().to_json()), **changes})


def resource(**changes: object) -> list[object]:
    return [{**json.loads(whole().to_json())["resources"][0], **changes}]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text(whole().to_json(), encoding="utf-8")
    assert read_inventory(path) == whole()
    assert read_inventory(path).to_json() == whole().to_json()


def test_a_secret_that_reached_a_file_is_not_shown() -> None:
    told = parse_inventory(document(outputs={"key": "rehearsal-secret-token"}), "dev.json")
    assert told.outputs == {"key": "[secret]"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "dev.json: is no JSON (Expecting value: line 1 column 1 (char 0)); write one with preview --json FILE"),
        (whole().to_json()[:400], "dev.json: is no JSON ("),
        ("[" * 100_000, "dev.json: is no JSON ("),
        (document(outputs={"a": float("nan")}), "dev.json: is no JSON (NaN is no JSON value)"),
        (document().replace("2.5", "1e999"), "dev.json: has a number that is too large"),
        (f'{{"resources": {"[" * 200}{"]" * 200}}}', "dev.json: is nested more than 100 levels deep"),
        ("[]", "dev.json: is no inventory"),
        (
            document(format=2),
            "dev.json: has format 2, this version reads format 1; read it with the version of the rehearsal that "
            "wrote it, or write it anew with preview --json FILE",
        ),
    ],
)  # fmt: skip
def test_another_file_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(RehearsalError) as raised:
        parse_inventory(text, "dev.json")
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stack": 1}, "stack must be a text"),
        ({"counts": {"a": "1"}}, "counts.a must be a whole number"),
        ({"resources": {}}, "resources must be a list"),
        ({"resources": [1]}, "resources[0] must be an object"),
        ({"resources": [{"urn": "x"}]}, "resources[0].urn must be a URN"),
        ({"resources": [{"urn": URN}]}, "resources[0].type is missing; it must be a text"),
        ({"resources": resource(custom="yes")}, "resources[0].custom must be true or false"),
        ({"resources": resource(inputs=[])}, "resources[0].inputs must be an object"),
        ({"resources": resource(aliases=[1])}, "resources[0].aliases[0] must be a text"),
        ({"resources": resource(parent="data")}, f"the parent of {URN} must be a URN"),
        ({"resources": resource(parent=URN)}, f"{URN} is its own ancestor"),
        ({"firstDeployment": {"minutes": True}}, "firstDeployment.minutes must be a number"),
        (
            {"policies": [{"pack": "p", "findings": [{"level": "grave"}]}]},
            "policies[0].findings[0].level must be one of mandatory, advisory, remediated, not evaluated",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_place(changes: dict[str, object], message: str) -> None:
    with pytest.raises(RehearsalError, match=re.escape(f"dev.json: is no whole inventory: {message}")):
        parse_inventory(document(**changes), "dev.json")


def test_what_no_file_holds_is_said(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"missing\.json: No such file"):
        read_inventory(tmp_path / "missing.json")
    binary = tmp_path / "dev.json"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(RehearsalError, match=r"dev\.json: is no UTF-8 text"):
        read_inventory(binary)
