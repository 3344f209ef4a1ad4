"""What a change takes away or opens: promises lost and kept, roads that nobody asked for."""

from __future__ import annotations

from rehearsal.changes.from_inventories import compare
from rehearsal.changes.markdown import render_markdown
from rehearsal.changes.model import PromiseChange, PromiseState, RoadChange
from rehearsal.changes.text import render_text
from rehearsal.changes.wording import verdict
from rehearsal.model.inventory import Inventory, InventoryResource
from rehearsal.model.promised import OpenRoad, Promised

LAKE = InventoryResource("urn:pulumi:dev::shop::azure-native:storage:StorageAccount::lake", "t:i:T", "lake")


def inventory(*promises: Promised, roads: tuple[OpenRoad, ...] = ()) -> Inventory:
    return Inventory("dev", resources=(LAKE,), promises=promises, roads=roads)


def promise(
    name: str, verdict_on_it: str, kind: str = "promise", missing: str = "", setting: str = ""
) -> Promised:
    return Promised(kind, name, f"{name} from hub", verdict_on_it, missing=missing, setting=setting)


def test_a_promise_that_fails_now_is_lost_with_what_is_missing_and_its_setting() -> None:
    base = inventory(promise("reads", "open"))
    head = inventory(promise("reads", "closed", missing="no road: none", setting="lake.zones"))
    assert compare(base, head).promises == (
        PromiseChange(
            PromiseState.LOST, "reads", "reads from hub", "no road: none; lake.zones would give it"
        ),
    )


def test_each_way_that_a_promise_can_change_is_told_the_gravest_first() -> None:
    base = inventory(promise("mended", "closed"), promise("same", "open"), promise("gone", "open"))
    head = inventory(
        promise("mended", "open"), promise("same", "open"), promise("new", "open"), promise("never", "closed")
    )
    assert [(one.state, one.name) for one in compare(base, head).promises] == [
        (PromiseState.BROKEN, "never"),
        (PromiseState.WITHDRAWN, "gone"),
        (PromiseState.KEPT, "mended"),
        (PromiseState.NEW, "new"),
    ]


def test_a_requirement_that_comes_and_goes_with_its_resource_is_no_change() -> None:
    met = promise("req300.x", "open", kind="requirement")
    assert compare(inventory(met), inventory()).promises == ()
    assert compare(inventory(), inventory(met)).promises == ()
    failing = promise("req300.x", "closed", kind="requirement")
    assert [one.state for one in compare(inventory(met), inventory(failing)).promises] == [PromiseState.LOST]


def test_a_road_that_nobody_is_promised_is_told_when_it_opens() -> None:
    before = OpenRoad("hub", "lake (blob)", promised=False)
    opened = OpenRoad("anywhere", "lake (blob)", promised=False)
    asked = OpenRoad("hub", "lake (dfs)", promised=True)
    change = compare(inventory(roads=(before,)), inventory(roads=(before, opened, asked)))
    assert change.roads == (RoadChange("anywhere", "lake (blob)"),)


def test_a_report_tells_both_in_its_verdict_and_in_its_lines() -> None:
    base = inventory(promise("reads", "open"))
    head = inventory(
        promise("reads", "closed", missing="no right: none"),
        roads=(OpenRoad("anywhere", "lake (blob)", promised=False),),
    )
    change = compare(base, head)
    assert "1 promise not kept; 1 road opened that nobody is promised" in verdict([change])
    text, markdown = render_text([change]), render_markdown([change])
    assert "lost reads: reads from hub (no right: none)" in text
    assert "anywhere reaches lake (blob), which nobody is promised" in text
    assert "- **promises** **lost** `reads`: `reads from hub` (`no right: none`)" in markdown
    assert "- **opened** `anywhere` reaches `lake (blob)`, which nobody is promised" in markdown


def test_many_doors_of_a_road_are_counted_as_doors() -> None:
    doors = tuple(
        OpenRoad("anywhere", f"lake ({part})", promised=False)
        for part in ("blob", "dfs", "file", "queue", "table", "web")
    )
    text = render_text([compare(inventory(), inventory(roads=doors))])
    assert "anywhere reaches 6 doors (6 lake), which nobody is promised" in text


def test_a_first_deployment_loses_nothing() -> None:
    head = inventory(promise("reads", "closed"))
    assert compare(Inventory("dev"), head).promises == ()
