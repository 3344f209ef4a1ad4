"""What the engine does, done alike: URNs, inherited options, providers, duplicates, secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from rehearsal.run import rehearse

Project = Callable[..., Path]

RECORDED = Path(__file__).parents[1] / "data" / "engine"


def test_urns_parents_and_dependencies_equal_the_engines_own(project: Project) -> None:
    """The recording is `pulumi preview --json` (CLI 3.260) of the same program on an empty stack."""
    program = (RECORDED / "sample_program.py.txt").read_text()
    result = rehearse(project(program, dev="config: {size: Standard_LRS}\n"), "dev")
    assert result.error is None
    recorded = json.loads((RECORDED / "preview_create.json").read_text())["steps"]
    states = {step["urn"]: step["newState"] for step in recorded if "pulumi:pulumi:Stack" not in step["urn"]}
    ours = {resource.urn: resource for resource in result.inventory.resources}
    assert sorted(ours) == sorted(states)
    for urn, state in states.items():
        assert ours[urn].parent == state["parent"]
        assert ours[urn].dependencies == tuple(sorted(state.get("dependencies") or []))
        recorded_edges = {
            key: tuple(sorted(urns)) for key, urns in (state.get("propertyDependencies") or {}).items()
        }
        assert ours[urn].property_dependencies == recorded_edges
        assert ours[urn].provider.rpartition("::")[0] == (state.get("provider") or "").rpartition("::")[0]


def test_the_whole_chain_of_parent_types_is_in_the_urn(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import resources
class Part(pulumi.ComponentResource):
    def __init__(self, kind, name, parent=None):
        super().__init__(f"acme:index:{kind}", name, None, pulumi.ResourceOptions(parent=parent))
outer = Part("Platform", "platform")
inner = Part("Lake", "lake", outer)
resources.ResourceGroup("rg", resource_group_name="rg-lake", location="westeurope",
    opts=pulumi.ResourceOptions(parent=inner))
"""
    result = rehearse(project(program), "dev")
    assert [resource.urn for resource in result.world.resources] == [
        "urn:pulumi:dev::sample::acme:index:Platform::platform",
        "urn:pulumi:dev::sample::acme:index:Platform$acme:index:Lake::lake",
        "urn:pulumi:dev::sample::acme:index:Platform$acme:index:Lake$azure-native:resources:ResourceGroup::rg",
    ]


def test_protect_retain_and_deleted_with_come_from_the_parent_component(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import resources
class Part(pulumi.ComponentResource):
    def __init__(self, name, opts):
        super().__init__("acme:index:Part", name, None, opts)
rg = resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope")
part = Part("part", pulumi.ResourceOptions(protect=True, retain_on_delete=True, deleted_with=rg))
resources.ResourceGroup("child", resource_group_name="rg-b", location="westeurope",
    opts=pulumi.ResourceOptions(parent=part))
resources.ResourceGroup("open", resource_group_name="rg-c", location="westeurope",
    opts=pulumi.ResourceOptions(parent=part, protect=False))
"""
    result = rehearse(project(program), "dev")
    options = {resource.name: resource.options for resource in result.world.resources}
    group = "urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::rg"
    assert (options["child"].protect, options["child"].retain_on_delete) == (True, True)
    assert options["child"].deleted_with == group
    assert options["open"].protect is False


def test_a_second_resource_of_one_urn_is_refused_in_the_engines_words(project: Project) -> None:
    program = """
from pulumi_azure_native import resources
resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope")
resources.ResourceGroup("rg", resource_group_name="rg-b", location="westeurope")
"""
    urn = "urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::rg"
    result = rehearse(project(program), "dev")
    assert [(finding.rule, finding.message) for finding in result.refusals] == [
        ("ENG001", f"Duplicate resource URN '{urn}'; try giving it a unique name")
    ]


def test_a_disabled_default_provider_is_refused_and_an_inherited_one_is_not(project: Project) -> None:
    program = """
import pulumi
import pulumi_azure_native as azure
from pulumi_azure_native import resources
provider = azure.Provider("azure", subscription_id="10000000-0000-0000-0000-000000000000")
class Part(pulumi.ComponentResource):
    def __init__(self, name, opts):
        super().__init__("acme:index:Part", name, None, opts)
part = Part("part", pulumi.ResourceOptions(providers=[provider]))
resources.ResourceGroup("inherits", resource_group_name="rg-a", location="westeurope",
    opts=pulumi.ResourceOptions(parent=part))
resources.ResourceGroup("bare", resource_group_name="rg-b", location="westeurope")
"""
    dev = "config:\n  pulumi:disable-default-providers: [azure-native]\n"
    result = rehearse(project(program, dev=dev), "dev")
    urn = "urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::bare"
    assert [finding.message for finding in result.refusals] == [
        f"Default provider for 'azure-native' disabled. '{urn}' must use an explicit provider."
    ]
    inherits = next(resource for resource in result.world.resources if resource.name == "inherits")
    assert inherits.id == "/subscriptions/10000000-0000-0000-0000-000000000000/resourceGroups/rg-a"


def test_a_function_needs_its_provider_named_too(project: Project) -> None:
    program = """
import pulumi
import pulumi_azure_native as azure
from pulumi_azure_native import authorization
provider = azure.Provider("azure", subscription_id="10000000-0000-0000-0000-000000000000")
authorization.get_client_config_output(opts=pulumi.InvokeOutputOptions(provider=provider))
authorization.get_client_config_output()
"""
    dev = "config:\n  pulumi:disable-default-providers: [azure-native]\n"
    result = rehearse(project(program, dev=dev), "dev")
    assert [(finding.rule, finding.message) for finding in result.refusals] == [
        (
            "ENG002",
            "Default provider for 'azure-native' disabled. 'azure-native:authorization:getClientConfig' must use an "
            "explicit provider.",
        )
    ]


def test_secrets_stay_marked_through_inputs_outputs_and_exports(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import keyvault
config = pulumi.Config()
secret = keyvault.Secret("git", resource_group_name="rg", vault_name="kv-ml-dev", secret_name="git",
    properties={"value": config.require_secret("token"), "contentType": "text/plain"})
pulumi.export("properties", secret.properties)
pulumi.export("name", secret.name)
"""
    dev = "config:\n  token: {secure: AAABAIx}\n  group: rg\n"
    result = rehearse(project(program, dev=dev), "dev")
    assert result.refusals == ()
    (resource,) = result.inventory.resources
    assert resource.inputs == {
        "properties": {"contentType": "text/plain", "value": "[secret]"},
        "resourceGroupName": "rg",
        "secretName": "git",
        "vaultName": "kv-ml-dev",
    }
    assert result.outputs == {"properties": "[secret]", "name": "git"}
    assert "rehearsal-secret" not in result.inventory.to_json()


def test_a_secret_in_plain_text_is_warned_of_and_masked(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import resources
token = pulumi.Config().require("token")
resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope", tags={"token": token})
pulumi.export("clone", pulumi.Output.concat("https://", token, "@github.com"))
"""
    result = rehearse(project(program, dev="config:\n  token: {secure: AAABAIx}\n"), "dev")
    urn = "urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::rg"
    assert [(finding.rule, finding.urn, finding.path) for finding in result.warnings] == [
        ("SEC001", "stack outputs", "clone"),
        ("SEC001", urn, "tags.token"),
    ]
    assert "a secret reaches plain text at" in result.warnings[0].message
    assert "rehearsal-secret" not in result.inventory.to_json()


def test_the_text_of_an_output_is_refused_wherever_it_stands(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import resources
rg = resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope")
resources.ResourceGroup("other", resource_group_name="rg-b", location="westeurope", tags={"beside": f"{rg.name}"})
"""
    result = rehearse(project(program), "dev")
    assert [(finding.rule, finding.path) for finding in result.refusals] == [("OUT001", "tags.beside")]


def test_additional_secret_outputs_are_masked_and_secret_for_the_program(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import storage
account = storage.StorageAccount("st", resource_group_name="rg", account_name="stmldev7k2ap", kind="StorageV2",
    location="westeurope", sku={"name": "Standard_LRS"},
    opts=pulumi.ResourceOptions(additional_secret_outputs=["primary_endpoints"]))
pulumi.export("blob", account.primary_endpoints.apply(lambda endpoints: endpoints.blob))
"""
    result = rehearse(project(program), "dev")
    assert result.outputs == {"blob": "[secret]"}
    (resource,) = result.inventory.resources
    assert resource.options.additional_secret_outputs == ("primaryEndpoints",)
    assert resource.outputs["primaryEndpoints"] == "[secret]"
