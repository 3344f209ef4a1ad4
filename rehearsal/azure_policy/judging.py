"""Azure Policy over what a rehearsal registered."""

from __future__ import annotations

from dataclasses import replace

from rehearsal.azure_policy.evaluation import evaluate
from rehearsal.azure_policy.policy_file import PolicyFile
from rehearsal.azure_policy.program_paths import program_path
from rehearsal.export.arm import arm_resources
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.azure_policy import Evaluated
from rehearsal.model.world import World
from rehearsal.sdk.shape import resource_shape

_TENANT = "azure-native:tenantId"


def judge_requests(file: PolicyFile, world: World) -> Evaluated:
    """The file's assignments over the stack's requests. The paths of findings are those of the program's inputs."""
    types = {resource.urn: resource.type for resource in world.resources}
    tenants = {tenant for one in world.resources if one.is_provider and (tenant := one.text("tenantId"))}
    if not tenants and _TENANT in world.settings:
        tenants = {world.settings[_TENANT]}

    def supports_tags(resource: ArmResource) -> bool:
        shape = resource_shape(types[resource.urn])
        return shape is None or {"tags", "location"} <= shape.inputs.keys()

    found = evaluate(
        file,
        arm_resources(world.resources),
        today=world.today,
        tenants=frozenset(tenants),
        supports_tags=supports_tags,
    )
    placed = (replace(one, path=program_path(types.get(one.urn, ""), one.path)) for one in found.findings)
    return replace(found, findings=tuple(placed))
