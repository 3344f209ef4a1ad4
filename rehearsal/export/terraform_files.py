"""The files of an export to Terraform: the configuration, and a manifest that says what is where."""

from __future__ import annotations

from dataclasses import replace

from rehearsal.export.exported import Export, manifest_of, position_of, text_of
from rehearsal.export.folder import MANIFEST
from rehearsal.export.terraform import PACKAGE, terraform_configuration
from rehearsal.model.values import Json
from rehearsal.run import Rehearsal

CONFIGURATION = "main.tf.json"


def terraform_export(rehearsal: Rehearsal) -> Export:
    """The export of a rehearsed stack's Databricks resources."""
    configuration = terraform_configuration(rehearsal.world.resources)
    left_out = {
        each.urn: f"{each.package} makes it, and not Databricks"
        for each in rehearsal.world.resources
        if each.custom and not each.is_provider and not each.external and each.package != PACKAGE
    }
    generic = tuple(sorted({each.resource.type for each in configuration.resources if not each.known}))
    rows: list[Json] = [
        {
            "address": each.address,
            "urn": each.resource.urn,
            "type": each.resource.type,
            "file": CONFIGURATION,
            "position": position_of(each.resource.position),
            "secrets": [*each.secrets],
            "unknown": [*each.unknowns],
        }
        for each in configuration.resources
    ]
    written = Export(
        {CONFIGURATION: text_of(dict(configuration.content))},
        len(configuration.resources),
        left_out,
        generic,
    )
    manifest = manifest_of(rehearsal, written, {}, rows)
    return replace(written, files={**written.files, MANIFEST: manifest})
