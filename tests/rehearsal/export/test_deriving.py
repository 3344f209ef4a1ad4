"""Deriving the tables: an SDK class against published types of our own writing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.export.deriving.table import Derived, derive
from rehearsal.export.deriving.terraform import singulars
from rehearsal.export.deriving.wire_types import WireTypes, WireTypesError
from rehearsal.model.values import Json, JsonObject
from rehearsal.sdk import resource_shape

ROUTE = "azure-native:network:Route"
VAULT = "azure-native:recoveryservices:Vault"
TEXT, READ_ONLY, REQUIRED = 0, 2, 1


def prop(reference: int, flags: int = 0, description: str = "") -> Mapping[str, object]:
    return {"type": {"$ref": f"#/{reference}"}, "flags": flags, "description": description}


def published(folder: Path, token: str, arm_type: str, *objects: Mapping[str, object]) -> WireTypes:
    """A checkout with one type: its body is the first of `objects`, which are types from 1 on."""
    shape = resource_shape(token)
    assert shape is not None
    version = shape.api_version
    document = [
        {"$type": "StringType"},
        *({"$type": "ObjectType", **each} for each in objects),
        {"$type": "ResourceType", "name": f"{arm_type}@{version}", "body": {"$ref": "#/1"}},
    ]
    path = folder / "generated" / "any" / arm_type.partition("/")[0].lower() / str(version) / "types.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document))
    return WireTypes(folder)


def route(folder: Path, properties: Mapping[str, object]) -> Derived:
    types = published(
        folder,
        ROUTE,
        "Microsoft.Network/routeTables/routes",
        {
            "properties": {
                "id": prop(TEXT),
                "name": prop(TEXT, REQUIRED),
                "etag": prop(TEXT, READ_ONLY),
                "properties": prop(2, REQUIRED),
            }
        },
        {"properties": properties},
    )
    return derive([CATALOGUE[ROUTE]], types)


HOP = "The IP address packets should be forwarded to. Next hop values are only allowed in routes"


def test_a_property_is_found_by_name_in_what_the_sdk_flattens_and_by_its_description(tmp_path: Path) -> None:
    derived = route(
        tmp_path,
        {
            "address_Prefix": prop(TEXT),
            "hop": prop(TEXT, 0, HOP),
            "nextHopType": prop(TEXT),
            "routeName": prop(TEXT, READ_ONLY),
            "provisioningState": prop(TEXT, READ_ONLY),
        },
    )
    assert derived.problems == []
    assert derived.resources[ROUTE] == {
        "apiVersion": "2024-05-01",
        "places": {"properties": "addressPrefix=address_Prefix nextHopIpAddress=hop nextHopType"},
        "containers": "properties",
    }


def test_what_fits_nowhere_is_a_problem_and_not_a_guess(tmp_path: Path) -> None:
    derived = route(tmp_path, {"addressPrefix": prop(TEXT), "nextHopType": prop(TEXT)})
    assert derived.problems == ["network:Route.nextHopIpAddress"]


def test_two_descriptions_that_fit_are_a_problem(tmp_path: Path) -> None:
    derived = route(
        tmp_path,
        {
            "addressPrefix": prop(TEXT),
            "nextHopType": prop(TEXT),
            "hop": prop(TEXT, 0, HOP),
            "other": prop(TEXT, 0, HOP),
        },
    )
    assert derived.problems == ["network:Route.nextHopIpAddress"]


def test_an_unpublished_type_and_a_folder_without_types_are_named(tmp_path: Path) -> None:
    with pytest.raises(WireTypesError, match="is it bicep-types-az"):
        WireTypes(tmp_path)
    types = published(tmp_path, ROUTE, "Microsoft.Network/other", {"properties": {}})
    with pytest.raises(WireTypesError, match=r"Microsoft.Network/routeTables/routes of 2024-05-01"):
        derive([CATALOGUE[ROUTE]], types)


def test_terraforms_singulars_are_the_fields_that_a_plural_leads_to() -> None:
    def row(fields: JsonObject) -> JsonObject:
        written: dict[str, Json] = {
            "current": "databricks:index/permissions:Permissions",
            "fields": dict(fields),
        }
        return {"databricks_permissions": written}

    assert singulars(row({"access_control": {"maxItemsOne": False}})) == {
        "Permissions": {"accessControls": "access_control"}
    }
    assert singulars(row({})) == {}
