"""The stack output `promises`: what is read of it, and every problem at once."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.promises.model import PartyKind, PromisesError
from rehearsal.promises.reading import read_promises
from rehearsal.reachability.model import PlaceKind
from tests.rehearsal.permissions.worlds import (
    CONTAINER,
    GROUP,
    IDENTITY,
    PEOPLE,
    WORKSPACE,
    declared,
    in_databricks,
    jobs_identity,
    resource,
)

HUB = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/hub"


def output() -> dict[str, object]:
    """A whole output: one place, two promises."""
    return {
        "form": 1,
        "places": {
            "hub": {
                "kind": "network",
                "network": HUB,
                "ranges": ["10.0.0.0/16"],
                "resolves": ["privatelink.blob.core.windows.net"],
                "peered_back": True,
                "source": "network.hub",
            }
        },
        "promises": {
            "engineer-reads-curated": {
                "who": {"persona": "engineer", "group": PEOPLE, "databricks": "sg-engineers"},
                "from": {"place": "hub"},
                "does": "read blobs",
                "on": CONTAINER,
                "over": {"group": "dfs"},
                "setting": "lake.zones.curated",
            },
            "jobs-query": {
                "who": {"identity": IDENTITY, "name": "jobs"},
                "from": {"databricks": WORKSPACE, "plane": "classic"},
                "does": "query the SQL warehouse",
                "on": f"databricks:warehouse/reporting@{WORKSPACE}",
            },
        },
    }


def read(exported: object):
    world = declared(
        jobs_identity(),
        resource("databricks:Workspace", "dbw", WORKSPACE),
        in_databricks("SqlEndpoint", "reporting", "w1", name="reporting"),
        in_databricks("Schema", "sales", catalogName="lake", name="sales"),
    )
    return read_promises(dataclasses.replace(world, stack_outputs={"promises": exported}))


def changed(**promise: object) -> dict[str, object]:
    """The output with keys of its first promise changed."""
    whole = copy.deepcopy(output())
    promises = whole["promises"]
    assert isinstance(promises, dict)
    promises["engineer-reads-curated"] |= {key.rstrip("_"): value for key, value in promise.items()}
    return whole


def problems(exported: object) -> list[str]:
    with pytest.raises(PromisesError) as caught:
        read(exported)
    return str(caught.value).splitlines()


def test_a_program_without_the_output_promises_nothing() -> None:
    assert read_promises(declared()) is None


def test_a_whole_output_is_read() -> None:
    found = read(output())
    assert found is not None
    hub = found.places["hub"]
    assert (hub.kind, hub.id, hub.name) == (PlaceKind.NETWORK, HUB, "hub")
    assert (hub.ranges, hub.resolves) == (("10.0.0.0/16",), ("privatelink.blob.core.windows.net",))
    assert hub.peered_back
    first, second = (one.ask for one in found.promises)
    assert (first.who.kind, first.who.id, first.who.name) == (PartyKind.PERSONA, PEOPLE, "engineer")
    assert first.who.databricks == "sg-engineers"
    assert first.place is hub
    assert first.door is not None
    assert (first.door.target, first.door.group, first.door.port) == (CONTAINER, "dfs", 443)
    assert first.setting == "lake.zones.curated"
    assert (second.who.kind, str(second.who)) == (PartyKind.IDENTITY, "jobs")
    assert (second.place.kind, second.place.plane) == (PlaceKind.DATABRICKS, "classic")
    assert second.door is None


def test_secrets_in_the_output_are_looked_through() -> None:
    assert read(Secret(output())) is not None


@pytest.mark.parametrize(
    ("exported", "problem"),
    [
        ("all of it", "output promises: must be a map with the keys form, places, promises"),
        ({"form": 2}, "output promises: form: is 2; this version reads form 1"),
        ({}, "output promises: form: is None; this version reads form 1"),
        (UNKNOWN, "output promises: must be a map with the keys form, places, promises"),
        ({"form": 1, "roads": {}}, "output promises: roads: there is no such key"),
        (
            {"form": 1, "places": {"hub": {"kind": "vpn"}}},
            "output promises: places.hub.kind: Input should be 'network' or 'internet'",
        ),
    ],
)
def test_a_wrong_form_is_said_in_one_line(exported: object, problem: str) -> None:
    assert problems(exported) == [problem]


@pytest.mark.parametrize(
    ("promise", "problem"),
    [
        ({"from_": {"place": "hob"}}, "from.place: there is no place hob; did you mean hub?"),
        ({"does": "read blob"}, "does: 'read blob' is no word for an action; did you mean read blobs?"),
        ({"on": "curated"}, "on: 'curated' is no ARM id"),
        (
            {"on": CONTAINER.replace("/st/", "/other/")},
            f"on: the program neither declares nor refers to {CONTAINER.replace('/st/', '/other/')}",
        ),
        ({"on": ""}, "on: is empty; only reach needs no object"),
        ({"on": "", "does": "reach"}, "over: needs a host where on is empty"),
        (
            {"on": f"databricks:warehouse/report@{WORKSPACE}"},
            "on: the program declares no warehouse report; did you mean reporting?",
        ),
        (
            {"on": f"databricks:lake/x@{WORKSPACE}"},
            "on: there is no kind lake; the kinds are workspace, catalog,",
        ),
        ({"who": {"persona": "engineer"}}, "who: a persona also names its group, by object id"),
        ({"who": {"identity": IDENTITY, "group": PEOPLE}}, "who: takes exactly one of persona, identity,"),
        ({"who": {"application": "jobs"}}, "who.application: 'jobs' is no client id, which is a GUID"),
        ({"who": {"identity": f"{IDENTITY}-2"}}, "who.identity: the program neither declares nor refers to"),
        ({"from_": {}}, "from: takes exactly one of place, subnet,"),
        (
            {"from_": {"databricks": WORKSPACE}},
            "from: databricks takes the plane classic, serverless, control",
        ),
        ({"over": {"group": "dfs", "port": 0}}, "over.port: Input should be greater than or equal to 1"),
        ({"over": {"zone": "dfs"}}, "over.zone: there is no such key"),
    ],
)
def test_a_wrong_promise_is_named_with_its_key(promise: dict[str, object], problem: str) -> None:
    (line,) = problems(changed(**promise))
    assert line.startswith(f"output promises: promises.engineer-reads-curated.{problem}")


def test_every_problem_is_said_at_once() -> None:
    assert len(problems(changed(does="read blob", on="curated", from_={"place": "hob"}))) == 3


def test_what_jobs_make_in_a_declared_schema_may_be_promised() -> None:
    on = f"databricks:table/lake.sales.made_by_a_job@{WORKSPACE}"
    assert read(changed(does="read table", on=on, over={"port": 443})) is not None


def test_a_name_is_not_that_of_a_rule() -> None:
    whole = output()
    promises = whole["promises"]
    assert isinstance(promises, dict)
    promises["PRM300"] = promises.pop("jobs-query")
    assert problems(whole) == [
        "output promises: promises.PRM300: has the form of a rule's id; give the promise a name of small letters"
    ]
