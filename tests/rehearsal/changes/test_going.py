"""What is told of deletions, replacements and costs: what holds data first, every changed property, every part."""

from __future__ import annotations

from rehearsal.changes.from_inventories import compare
from rehearsal.changes.markdown import render_markdown
from rehearsal.changes.model import PropertyChange, ResourceChange, StackChange
from rehearsal.changes.text import render_text
from rehearsal.changes.weight import Weight, heaviest_first, weight
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.inventory import Inventory
from tests.rehearsal.changes.inventories import account, costs, grant, inventory, resource

WORKSPACE = "azure-native:machinelearningservices:Workspace"


def replaced(*along: str, properties: tuple[PropertyChange, ...] = ()) -> StackChange:
    change = ResourceChange(
        ChangeKind.REPLACE, "urn", WORKSPACE, "ml", properties=properties, takes_along=along
    )
    return StackChange("dev", (change,))


def lines(change: StackChange, title: str) -> list[str]:
    return [line for line in render_text([change]).splitlines() if line.startswith(f"  {title}")]


def test_what_holds_data_and_what_serves_is_counted_first_and_by_name() -> None:
    others = [f"authorization.RoleAssignment reads-{number}" for number in range(8)]
    change = replaced(
        *others,
        "machinelearningservices.OnlineEndpoint churn",
        "storage.BlobContainer raw",
        "keyvault.Vault kv",
    )
    assert render_text([change]).splitlines()[0] == (
        "dev: 1 replaced, 0 unchanged; 3 that hold data and 1 that serves go"
    )
    assert lines(change, "replaced")[0].endswith(
        "machinelearningservices.Workspace ml (holds data); takes along 2 that hold data (keyvault.Vault kv, "
        "storage.BlobContainer raw), 1 that serves (machinelearningservices.OnlineEndpoint churn), others: 8 (8 "
        "authorization.RoleAssignment)"
    )


def test_what_holds_data_is_told_before_the_rest() -> None:
    base = inventory(resource("databricks:index/instancePool:InstancePool", "a"), account("z"))
    told = lines(compare(base, inventory()), "deleted")
    assert [line.split()[2] for line in told] == ["z", "a"]


def test_what_stays_in_the_cloud_is_not_counted_as_gone() -> None:
    change = ResourceChange(ChangeKind.DELETE, "urn", WORKSPACE, "ml", retained=True)
    assert "holds data goes" not in render_text([StackChange("dev", (change,))])


def test_every_changed_property_of_a_replaced_resource_is_told() -> None:
    forced = PropertyChange("kind", '"Default"', '"Hub"', replaces=True)
    own = tuple(PropertyChange(f"property{number}", None, "1") for number in range(7))
    report = render_text([replaced(properties=(forced, *own))])
    first, rest = report.split("the rest, and every name")
    assert (
        'because of kind "Default" → "Hub"; also changes property0 is set to 1; property1 is set to 1; '
        in first
    )
    assert "and 3 more" in first
    assert [number for number in range(7) if f"property{number} is set to 1" not in first + rest] == []


def test_each_known_type_has_a_weight() -> None:
    assert weight("storage.StorageAccount lake") is Weight.HOLDS_DATA
    assert weight("app.ContainerApp ui") is Weight.SERVES
    assert weight("authorization.RoleAssignment storage.StorageAccount") is Weight.OTHER
    assert heaviest_first(["b.B x", "databricks.Job j", "keyvault.Vault v"]) == (
        "keyvault.Vault v",
        "databricks.Job j",
        "b.B x",
    )


def test_costs_differ_by_part_and_in_the_first_line() -> None:
    change = compare(
        inventory(
            account("lake"), outputs=costs(serving={"AKS": 18.0, "AKS pool": 397.0}, logs={"logs": 90.0})
        ),
        inventory(
            account("lake"), outputs=costs(serving={"AKS": 91.0, "AKS pool": 397.0}, logs={"logs": 90.0})
        ),
    )
    assert render_text([change]) == (
        "dev: no changes, 1 unchanged; cost +73 USD a month (505 → 578)\n\ndev\n"
        "  costs        serving +73 (415 → 488): AKS +73\n"
    )


def test_costs_as_before_are_one_line() -> None:
    same = inventory(account("lake"), outputs=costs(logs={"logs": 90.0}))
    assert render_text([compare(same, same)]) == (
        "dev: no changes, 1 unchanged; cost as before\n\ndev\n  as before    the costs, 90 USD a month\n"
    )


def test_a_base_that_says_no_costs_is_not_taken_for_free() -> None:
    change = compare(
        inventory(account("lake")), inventory(account("lake"), outputs=costs(logs={"logs": 90.0}))
    )
    assert "cost 90 USD a month, and not known before" in render_text([change])


def test_a_first_deployment_costs_all_of_it() -> None:
    change = compare(inventory(), inventory(account("lake"), outputs=costs(logs={"logs": 90.0})))
    assert "cost +90 USD a month (0 → 90)" in render_text([change])


def test_another_currency_is_not_compared() -> None:
    euros = costs(logs={"logs": 80.0})
    euros["monthly_cost"]["currency"] = "EUR"
    change = compare(
        inventory(account("lake"), outputs=costs(logs={"logs": 90.0})),
        inventory(account("lake"), outputs=euros),
    )
    assert "cost 80 EUR a month, and not known before" in render_text([change])


def test_another_name_for_somebody_is_no_access() -> None:
    def named(name: str) -> Inventory:
        return inventory(grant("reads", "analysts"), outputs={"principal_names": {"analysts": name}})

    for base in (inventory(grant("reads", "analysts")), named("analyst"), named("analyst (sg-analysts)")):
        assert compare(base, named("analyst (sg-ml-analysts)")).access == ()
    (lost,) = compare(
        named("analyst"), inventory(outputs={"principal_names": {"analysts": "analyst now"}})
    ).access
    assert (lost.principal, lost.gains) == ("analyst now", False)


def test_a_comment_s_first_line_keeps_the_signs_of_a_difference() -> None:
    change = compare(
        inventory(account("lake"), outputs=costs(logs={"logs": 90.0})),
        inventory(account("lake"), outputs=costs(logs={"logs": 180.0})),
    )
    assert "cost +90 USD a month (90 → 180)" in render_markdown([change])


def test_what_costs_nothing_more_is_as_before_in_the_first_line_and_told_below() -> None:
    change = compare(
        inventory(account("lake"), outputs=costs(logs={"logs": 90.0})),
        inventory(account("lake"), outputs=costs(logs={"logs": 90.0, "archive": 0.0})),
    )
    first, *rest = render_text([change]).splitlines()
    assert first.endswith("cost as before")
    assert "  costs        logs ±0 (90 → 90): archive ±0" in rest
