"""Grants in Unity Catalog: one authoritative object for each securable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pulumi
import pulumi_databricks

from infra.databricks.groups import Groups
from infra.settings.access import Persona

if TYPE_CHECKING:
    from infra.databricks.unity_catalog import UnityCatalog


class CatalogGrants:
    """Who is who in the metastore: personas by their account group, jobs by application id."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self.granted: list[pulumi.CustomResource] = []
        """Everything that was given: what reads as somebody waits for it."""

    def apply(
        self,
        owner: UnityCatalog,
        label: str,
        securable: str,
        name: pulumi.Input[str],
        people: Mapping[Persona, Sequence[str]],
        jobs: Sequence[str] = (),
    ) -> None:
        """Give what is listed and take away what is not; nothing is touched where nothing is listed."""
        rows: list[tuple[pulumi.Input[str], Sequence[str]]] = [
            (self._groups.names[persona], privileges) for persona, privileges in sorted(people.items())
        ]
        if jobs:
            rows.append((self._groups.principal.resource.application_id, jobs))
        if not rows:
            return
        granted = pulumi_databricks.Grants(
            f"unity-catalog-grants-{securable.replace('_', '-')}-{label}",
            catalog=name if securable == "catalog" else None,
            schema=name if securable == "schema" else None,
            volume=name if securable == "volume" else None,
            external_location=name if securable == "external_location" else None,
            grants=[
                pulumi_databricks.GrantsGrantArgs(principal=principal, privileges=sorted(privileges))
                for principal, privileges in rows
            ],
            opts=owner.metastore_object(),
        )
        self.granted.append(granted)
