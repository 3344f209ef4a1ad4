"""The table of ARM bodies holds what the rehearsal knows, in the versions of the installed SDK."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest

from azure_facts.arm_bodies import arm_bodies
from azure_facts.arm_bodies_exceptions import NO_PUT, QUERY
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.sdk import resource_shape

AZURE = sorted(token for token in CATALOGUE if token.startswith("azure-native:"))
OF_THE_PLACE = {"id", "name", "type"}


def test_every_type_of_the_catalogue_has_a_body_or_a_reason_for_none() -> None:
    assert set(AZURE) - set(NO_PUT) == set(arm_bodies().resources)


def test_the_table_is_of_the_installed_sdk() -> None:
    """After an upgrade: docs/upgrading-providers.md says how the table is derived anew."""
    assert arm_bodies().sdk == version("pulumi_azure_native")


@pytest.mark.parametrize("token", sorted(arm_bodies().resources))
def test_every_input_of_the_sdk_has_a_place(token: str) -> None:
    shape, row = resource_shape(token), arm_bodies().resources[token]
    assert shape is not None
    assert row.api_version == shape.api_version
    in_the_id = set(re.findall(r"\{(\w+)", CATALOGUE[token].path))
    rest = set(shape.inputs) - row.content.places.keys()
    assert rest - in_the_id - OF_THE_PLACE <= QUERY.get(token, frozenset())
