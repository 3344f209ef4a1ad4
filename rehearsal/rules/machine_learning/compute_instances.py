"""A correct compute instance, for the cases of rules."""

from __future__ import annotations

from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Declared

COMPUTE_INSTANCE = "ComputeInstance"


def instance(changes: dict[str, object] | None = None) -> Declared:
    """A compute instance assigned to a person, with changes by property path."""
    properties = {
        "computeType": COMPUTE_INSTANCE,
        "properties": {
            "vmSize": "Standard_D4ds_v5",
            "personalComputeInstanceSettings": {"assignedUser": {"objectId": SOMEBODY, "tenantId": TENANT}},
            "idleTimeBeforeShutdown": "PT60M",
        },
    }
    return declare(tokens.ML_COMPUTE, {"computeName": "ci-ada", "properties": properties, **(changes or {})})
