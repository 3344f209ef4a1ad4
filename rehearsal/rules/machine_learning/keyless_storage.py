"""Where the account takes no keys, the workspace's datastores must not use them."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    account = world.find(resource.text("storageAccount"))
    mode = resource.text("systemDatastoresAuthMode").lower()
    if account is not None and account.value("allowSharedKeyAccess") is False and mode in ("", "accesskey"):
        yield Violation(
            "systemDatastoresAuthMode",
            f"{account.urn} refuses shared keys, which the default 'AccessKey' needs; set 'Identity'",
        )


def _case(mode: dict[str, object]) -> Case:
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, {"allowSharedKeyAccess": False}, name="account"),
            declare(tokens.ML_WORKSPACE, {"storageAccount": Ref("account"), **mode}),
        )
    )


RULE = Rule(
    id="AML015",
    service="Azure ML workspace",
    title="system datastores use identity where the account takes no keys",
    applies_to=(tokens.ML_WORKSPACE,),
    status=403,
    code="KeyBasedAuthenticationNotPermitted",
    source="learn.microsoft.com machine-learning/how-to-disable-local-auth-storage",
    check=_check,
    trips=_case({}),
    passes=_case({"systemDatastoresAuthMode": "Identity"}),
)
