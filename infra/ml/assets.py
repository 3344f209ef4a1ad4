"""Where assets are: references of settings become ARM ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from azure_facts.arm_ids import child_id
from infra.context import Reference


@dataclass(frozen=True)
class Assets:
    """The workspace, and the environments that this stack registers in it, by key."""

    workspace: Reference
    environments: Mapping[str, Reference]

    def environment_id(self, reference: str) -> pulumi.Output[str]:
        """Of a key of `environments`, or of azureml:NAME:VERSION."""
        if reference in self.environments:
            return self.environments[reference].known_id
        return self.asset_id("environments", reference)

    def asset_id(self, kind: str, reference: str) -> pulumi.Output[str]:
        """The ARM id of azureml:NAME:VERSION; `kind` is the collection, such as `components`.

        An asset of a registry (azureml://registries/…) is its own id.
        """
        if reference.startswith("azureml://"):
            return pulumi.Output.from_input(reference)
        _, name, version = reference.split(":")
        asset_id = child_id(self.workspace.id, kind, name, "versions", version)
        return Reference(asset_id, name, self.workspace.prerequisites).known_id
