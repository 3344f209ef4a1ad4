"""The page of settings says what each setting is, and its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel, SecretStr

from docs.generate_settings import settings_page
from infra.settings.platform import PlatformSettings
from infra.settings.schema import stack_file_schema

PAGE = settings_page(stack_file_schema(), "Written by a test.")


def rows() -> Iterator[tuple[str, str, str]]:
    """Heading, key and type of every setting."""
    heading = ""
    for line in PAGE.splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("| `"):
            # A pattern may hold a bar, written \\|.
            key, shape = re.split(r"(?<!\\)\|", line)[1:3]
            yield heading, key.strip(" `"), shape.strip()


TYPES = {(heading, key): shape for heading, key, shape in rows()}


def types_within(annotation: object) -> Iterator[object]:
    """A field's type, and all that its unions, lists, maps and annotations hold."""
    yield annotation
    for argument in get_args(annotation):
        yield from types_within(argument)


def models_below(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for found in types_within(field.annotation):
                if isinstance(found, type) and issubclass(found, BaseModel):
                    models_below(found, seen)
    return seen


def test_what_may_be_encrypted_are_the_secrets_and_nothing_else() -> None:
    secrets = {
        (model.__name__, key)
        for model in models_below(PlatformSettings, set())
        for key, field in model.model_fields.items()
        if SecretStr in types_within(field.annotation)
    }
    shown = {place for place, shape in TYPES.items() if "{secure" in shape}
    assert ("Tls", "private_key") in secrets
    # A model whose name two modules share has its module in brackets.
    assert {(heading.partition(" (")[0], key) for heading, key in shown} == secrets


@pytest.mark.parametrize(
    ("heading", "key", "shape"),
    [
        ("Keys of a stack file", "mlplatform:sources", "map of [Source](#source)"),
        ("Databricks", "jobs", "map of [Job](#job)"),
        ("Job", "clusters", "map of [Cluster (databricks clusters)](#cluster-databricks-clusters)"),
        ("Lake", "zones", "map of [Zone](#zone)"),
        ("Cost", "job_minutes", "map of number over 0 to 1440"),
        (
            "InstancePool",
            "availability",
            "`ON_DEMAND_AZURE`, `SPOT_AZURE`",
        ),
        ("Azure", "location", "name of an Azure region"),
        ("Tls", "private_key", r"string `^env:[A-Za-z_][A-Za-z0-9_]*$` or `{secure: …}`"),
    ],
)
def test_a_type_is_what_the_setting_takes(heading: str, key: str, shape: str) -> None:
    assert TYPES[heading, key] == shape


def test_every_link_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    assert len(set(headings)) == len(headings)
    assert not [heading for heading in headings if "_" in heading]
    # How GitHub makes an anchor of a heading.
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]*)\)", PAGE)
    assert "job" in links
    assert set(links) <= anchors
