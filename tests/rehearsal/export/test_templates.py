"""Deployment templates: scopes, parameters, dependencies, escapes."""

from __future__ import annotations

from rehearsal.export.arm_resource import ArmResource
from rehearsal.export.places import arm_place
from rehearsal.export.templates import DeploymentTemplate, templates_of
from rehearsal.model.unknown_texts import MARK
from rehearsal.model.values import STAND_IN, UNKNOWN, Json, Secret

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg-ml"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-ml"


def arm(arm_id: str, body: dict[str, object], *depends_on: str) -> ArmResource:
    place = arm_place(arm_id)
    urn = f"urn:pulumi:dev::sample::x:y:Z::{arm_id}"
    return ArmResource(urn, arm_id, place.type, place.name, "2024-01-01", place.scope, body, depends_on)


def only(*resources: ArmResource) -> DeploymentTemplate:
    (template,) = templates_of(resources)
    return template


def listed(template: DeploymentTemplate) -> list[Json]:
    found = template.content["resources"]
    assert isinstance(found, list)
    return found


def test_each_scope_has_a_template_of_its_own_schema_and_says_where_it_is_recorded() -> None:
    group, vault = arm(GROUP, {"location": "westeurope"}), arm(VAULT, {"location": "westeurope"}, GROUP)
    policy = arm(
        "/providers/Microsoft.Management/managementGroups/mg/providers/Microsoft.Authorization/policyAssignments/p",
        {},
    )
    templates = templates_of([vault, policy, group], default_location="northeurope")
    assert [(each.scope, each.location) for each in templates] == [
        ("/providers/Microsoft.Management/managementGroups/mg", "northeurope"),
        (SUBSCRIPTION, "westeurope"),
        (GROUP, ""),
    ]
    assert [str(each.content["$schema"]).rpartition("/")[2] for each in templates] == [
        "managementGroupDeploymentTemplate.json#",
        "subscriptionDeploymentTemplate.json#",
        "deploymentTemplate.json#",
    ]
    assert listed(templates[2]) == [
        {
            "type": "Microsoft.KeyVault/vaults",
            "apiVersion": "2024-01-01",
            "name": "kv-ml",
            "location": "westeurope",
        }
    ]


def test_an_extension_has_the_scope_of_what_it_extends_and_a_child_a_path_of_names() -> None:
    lock = arm(
        f"{VAULT}/providers/Microsoft.Authorization/locks/keep", {"properties": {"level": "CanNotDelete"}}
    )
    secret = arm(f"{VAULT}/secrets/token", {}, VAULT)
    template = only(lock, secret, arm(VAULT, {}))
    assert listed(template) == [
        {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2024-01-01", "name": "kv-ml"},
        {
            "type": "Microsoft.Authorization/locks",
            "apiVersion": "2024-01-01",
            "name": "keep",
            "scope": VAULT,
            "properties": {"level": "CanNotDelete"},
        },
        {
            "type": "Microsoft.KeyVault/vaults/secrets",
            "apiVersion": "2024-01-01",
            "name": "kv-ml/token",
            "dependsOn": [VAULT],
        },
    ]


def test_secrets_become_secure_parameters_and_are_nowhere_else() -> None:
    template = only(
        arm(
            f"{VAULT}/secrets/token",
            {
                "properties": Secret(
                    {"value": "hidden", "n": 7, "url": f"https://x?{STAND_IN}sas", "list": ["hidden"]}
                )
            },
        )
    )
    parameters = template.content["parameters"]
    assert isinstance(parameters, dict)
    kinds = {
        name.rpartition("_")[0]: stated["type"]
        for name, stated in parameters.items()
        if isinstance(stated, dict)
    }
    assert kinds == {
        "token_properties_list_0": "securestring",
        "token_properties_n": "secureObject",
        "token_properties_url": "securestring",
        "token_properties_value": "securestring",
    }
    assert "hidden" not in str(template.content)
    (resource,) = template.resources
    assert resource.secrets == (
        "properties.list[0]",
        "properties.n",
        "properties.url",
        "properties.value",
    )
    (written,) = listed(template)
    assert isinstance(written, dict)
    properties = written["properties"]
    assert isinstance(properties, dict)
    assert str(properties["n"]).startswith("[parameters('token_properties_n_")
    assert str(properties["n"]).endswith("').value]")


def test_what_nobody_knows_yet_is_one_parameter() -> None:
    template = only(arm(VAULT, {"properties": {"a": UNKNOWN, "b": [UNKNOWN]}}))
    assert template.parameters == ("knownAfterDeployment",)
    assert template.resources[0].unknowns == ("properties.a", "properties.b[0]")
    (written,) = listed(template)
    assert isinstance(written, dict)
    assert written["properties"] == {
        "a": "[parameters('knownAfterDeployment')]",
        "b": ["[parameters('knownAfterDeployment')]"],
    }


def test_a_name_that_nobody_knows_yet_is_that_parameter_too() -> None:
    made = f"{GROUP}/providers/Microsoft.KeyVault/vaults/{MARK}1234"
    vault, secret = arm(made, {}), arm(f"{made}/secrets/token", {}, made)
    template = only(vault, secret)
    assert MARK not in str(template.content)
    assert [each.unknowns for each in template.resources] == [("name",), ("name",)]


def test_texts_that_look_like_expressions_are_escaped_and_whole_numbers_are_integers() -> None:
    (written,) = listed(only(arm(VAULT, {"properties": {"rule": "[field('name')]", "json": "[1", "n": 3.0}})))
    assert isinstance(written, dict)
    assert str(written["properties"]) == "{'json': '[1', 'n': 3, 'rule': \"[[field('name')]\"}"


def test_a_template_within_keeps_its_expressions_and_is_handed_its_secrets() -> None:
    deployment = arm(
        f"{GROUP}/providers/Microsoft.Resources/deployments/inner",
        {
            "properties": {
                "mode": "Incremental",
                "parameters": {"size": {"value": 1.0}},
                "template": {
                    "parameters": {"size": {"type": "int"}},
                    "resources": [{"name": "[parameters('size')]", "key": Secret("hidden")}],
                },
            }
        },
    )
    template = only(deployment)
    (name,) = template.parameters
    (written,) = listed(template)
    assert isinstance(written, dict)
    properties = written["properties"]
    assert properties == {
        "mode": "Incremental",
        "expressionEvaluationOptions": {"scope": "inner"},
        "parameters": {"size": {"value": 1}, name: {"value": f"[parameters('{name}')]"}},
        "template": {
            "parameters": {
                "size": {"type": "int"},
                name: {
                    "type": "securestring",
                    "metadata": {"description": "Handed in by the outer template"},
                },
            },
            "resources": [{"name": "[parameters('size')]", "key": f"[parameters('{name}')]"}],
        },
    }
