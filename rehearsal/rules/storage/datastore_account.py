"""An ADLS Gen2 datastore points at an account with a hierarchical namespace."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text("properties.datastoreType") != "AzureDataLakeGen2":
        return
    for account in world.of_types((tokens.STORAGE_ACCOUNT,)):
        if account.text("accountName") == resource.text("properties.accountName"):
            if account.value("isHnsEnabled") is not True:
                yield Violation(
                    "properties.accountName",
                    f"{account.urn} has no hierarchical namespace; set is_hns_enabled=True there",
                )
            return


def _case(*, lake: bool) -> Case:
    return Case(
        (
            declare(
                tokens.STORAGE_ACCOUNT, {"accountName": "dlsmldev7k2ap", "isHnsEnabled": lake}, name="lake"
            ),
            declare(tokens.ML_DATASTORE, depends_on=("lake",)),
        )
    )


RULE = Rule(
    id="ST005",
    service="Azure ML datastore",
    title="an ADLS Gen2 datastore needs a hierarchical namespace",
    applies_to=(tokens.ML_DATASTORE,),
    status=400,
    code="ValidationError",
    source="learn.microsoft.com machine-learning/how-to-datastore",
    check=_check,
    trips=_case(lake=False),
    passes=_case(lake=True),
)
