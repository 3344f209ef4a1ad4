"""Privileges by Unity Catalog securable."""

from __future__ import annotations

import pytest
from pulumi_databricks.grants import GrantsArgs

from azure_facts.unity_catalog import EVERYTHING, UNITY_CATALOG_PRIVILEGES, Securable, is_everything


def test_every_securable_has_privileges_once() -> None:
    assert set(UNITY_CATALOG_PRIVILEGES) == set(Securable)
    for row in UNITY_CATALOG_PRIVILEGES.values():
        given = (*row.own, *row.inherited)
        assert len(set(given)) == len(given) > 0
        assert not set(given) & set(EVERYTHING)


def test_a_volume_is_read_written_and_tagged() -> None:
    volume = UNITY_CATALOG_PRIVILEGES[Securable.VOLUME]
    assert volume.single == ("APPLY_TAG", "READ_VOLUME", "WRITE_VOLUME")
    assert volume.all == ("ALL_PRIVILEGES", "APPLY_TAG", "MANAGE", "READ_VOLUME", "WRITE_VOLUME")


@pytest.mark.parametrize(
    ("securable", "has", "has_not"),
    [
        (Securable.METASTORE, "CREATE_CATALOG", "ALL_PRIVILEGES"),
        (Securable.CATALOG, "USE_CATALOG", "READ_FILES"),
        (Securable.CATALOG, "SELECT", "CREATE_CATALOG"),
        (Securable.SCHEMA, "CREATE_TABLE", "USE_CATALOG"),
        (Securable.TABLE, "MODIFY", "READ_VOLUME"),
        (Securable.VIEW, "SELECT", "MODIFY"),
        (Securable.MODEL, "EXECUTE", "SELECT"),
        (Securable.EXTERNAL_LOCATION, "READ_FILES", "CREATE_EXTERNAL_LOCATION"),
        (Securable.STORAGE_CREDENTIAL, "CREATE_EXTERNAL_LOCATION", "ACCESS"),
        (Securable.SERVICE_CREDENTIAL, "ACCESS", "READ_FILES"),
        (Securable.CONNECTION, "USE_CONNECTION", "SELECT"),
        (Securable.SHARE, "SELECT", "MANAGE"),
    ],
)
def test_what_a_securable_has(securable: Securable, has: str, has_not: str) -> None:
    privileges = UNITY_CATALOG_PRIVILEGES[securable].all
    assert has in privileges
    assert has_not not in privileges


def test_a_schema_has_what_its_catalog_gives_on() -> None:
    catalog, schema = (UNITY_CATALOG_PRIVILEGES[one] for one in (Securable.CATALOG, Securable.SCHEMA))
    assert set(schema.single) <= set(catalog.single)
    assert set(catalog.single) - set(schema.single) == {"BROWSE", "CREATE_SCHEMA", "USE_CATALOG"}


@pytest.mark.parametrize("securable", Securable)
def test_the_sdk_names_each_securable_so(securable: Securable) -> None:
    argument = UNITY_CATALOG_PRIVILEGES[securable].argument
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in argument)
    assert isinstance(getattr(GrantsArgs, snake), property)


def test_all_privileges_is_known_in_both_spellings() -> None:
    assert [is_everything(text) for text in ("ALL PRIVILEGES", "all_privileges", "MANAGE", "SELECT")] == [
        True,
        True,
        False,
        False,
    ]
