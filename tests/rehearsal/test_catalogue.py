"""The catalogue's tables against the installed SDKs: a name that no type has would be silently useless."""

from __future__ import annotations

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.templates import placeholders
from rehearsal.model.paths import split_path
from rehearsal.sdk import resource_shape

COMPUTED = frozenset(
    {
        "subscriptionId",
        "tenantId",
        "location",
        "host",
        "name",
        "id",
        "permissionsOn",
        "grantsOn",
        "entitlementsOf",
    }
    | {"guid", "digits", "hex", "hexUpper", "alnum"}
)
"""Placeholders that the simulated cloud fills in itself."""

TOKENS = sorted(CATALOGUE)


def test_an_entry_names_inputs_and_outputs_that_its_type_has() -> None:
    for token in TOKENS:
        check_entry(token)


def check_entry(token: str) -> None:
    known, shape = CATALOGUE[token], resource_shape(token)
    assert shape is not None, token
    in_path = {placeholder.partition("[")[0] for placeholder in placeholders(known.path)}
    assert in_path - COMPUTED <= set(shape.inputs), token
    answered = {split_path(path)[0] for group in known.outputs for path in group.values}
    assert answered <= shape.outputs, token
    assert set(known.secret_outputs) <= {path for group in known.outputs for path in group.values}
    conditions = {
        split_path(path)[0] for group in known.outputs for path in (group.when, group.unless) if path
    }
    assert conditions <= set(shape.inputs), token


def test_the_parts_that_the_platform_is_made_of_are_all_there() -> None:
    modules = {token.split(":")[1] for token in TOKENS if token.startswith("azure-native:")}
    assert modules >= {
        "app", "applicationinsights", "authorization", "cognitiveservices", "containerinstance", "containerregistry",
        "containerservice", "consumption", "cosmosdb", "databricks", "datafactory", "dbforpostgresql", "eventgrid",
        "eventhub", "keyvault", "kubernetesconfiguration", "machinelearningservices", "managedidentity", "monitor",
        "network", "operationalinsights", "privatedns", "recoveryservices", "resources", "sql", "storage", "synapse",
    }  # fmt: skip
