"""Aliases that say a type alone reach the engine, and the SDK computes no URN of them."""

from __future__ import annotations

from rehearsal.run import rehearse
from tests.rehearsal.conftest import Project

PROGRAM = """
import pulumi
from pulumi_azure_native import resources

class Team(pulumi.ComponentResource):
    def __init__(self) -> None:
        super().__init__("sample:index:Team", "team", opts=pulumi.ResourceOptions(
            aliases=[pulumi.Alias(type_="sample:index:Squad")]))

team = Team()
group = resources.ResourceGroup("group", location="westeurope", opts=pulumi.ResourceOptions(
    parent=team, aliases=[pulumi.Alias(name="rg")]))
pulumi.export("declared", len(group._aliases))
pulumi.export("computed", sum(isinstance(one, pulumi.Output) for one in group._aliases))
"""


def test_they_are_sent_and_not_computed(project: Project) -> None:
    rehearsal = rehearse(project(PROGRAM), "dev")
    assert rehearsal.error is None
    aliases = {item.name: item.options.aliases for item in rehearsal.world.resources}
    assert aliases["team"] == ("urn:pulumi:dev::sample::sample:index:Squad::team",)
    assert aliases["group"] == (
        "urn:pulumi:dev::sample::sample:index:Team$azure-native:resources:ResourceGroup::rg",
    )
    declared, computed = rehearsal.outputs["declared"], rehearsal.outputs["computed"]
    assert isinstance(declared, (int, float))
    assert declared > 1
    assert computed == 1
