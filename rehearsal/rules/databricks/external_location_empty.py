"""A read-only location is checked by reading a file."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_CONTAINER = "azure-native:storage:BlobContainer"
_BLOB = "azure-native:storage:Blob"


def _container(resource: Resource) -> tuple[str, str]:
    """Account and name of a container, or of the container that a blob lies in."""
    return resource.text("accountName").lower(), resource.text("containerName").lower()


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only over a container that this stack makes: one that exists may hold files."""
    if resource.value("readOnly") is not True or resource.value("skipValidation") is True:
        return
    address = urlsplit(resource.text("url").lower())
    place = (address.netloc.rpartition("@")[2].partition(".")[0], address.netloc.partition("@")[0])
    made = world.grouped((_CONTAINER,), _container).get(place)
    files = world.grouped((_BLOB,), _container).get(place, ())
    if made and not any(world.depends_on(resource, blob) for blob in files):
        yield Violation(
            "skipValidation",
            f"reads a file to check itself, and {made[0].urn} is empty when it is made: set skip_validation, or put a "
            "file there first and wait for it",
        )


def _case(*, skipped: bool) -> Case:
    here = {"resourceGroupName": GROUP_NAME}
    account = {
        **here,
        "accountName": "stlakedev",
        "location": "westeurope",
        "kind": "StorageV2",
        "sku": {"name": "Standard_ZRS"},
        "isHnsEnabled": True,
        "enableHttpsTrafficOnly": True,
        "minimumTlsVersion": "TLS1_2",
    }
    return Case(
        (
            Declared(tokens.STORAGE_ACCOUNT, account, "account"),
            Declared(
                _CONTAINER,
                {**here, "accountName": "stlakedev", "containerName": "raw"},
                "container",
                depends_on=("account",),
            ),
            Declared(
                tokens.EXTERNAL_LOCATION,
                {
                    "name": "raw",
                    "url": "abfss://raw@stlakedev.dfs.core.windows.net/",
                    "credentialName": "lake",
                    "readOnly": True,
                    **({"skipValidation": True} if skipped else {}),
                },
                depends_on=("container",),
            ),
        )
    )


RULE = Rule(
    id="DBX245",
    service="Unity Catalog",
    title="a read-only location over a container that is made with it skips its check",
    applies_to=(tokens.EXTERNAL_LOCATION,),
    status=400,
    code="",
    source="databricks/cli issue 1063 (No file available under the location to read); "
    "databricks/terraform-provider-databricks issue 3843 (read 2026-11-30)",
    check=_check,
    trips=_case(skipped=False),
    passes=_case(skipped=True),
)
