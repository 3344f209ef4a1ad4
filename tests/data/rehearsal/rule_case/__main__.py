"""Declares what the configured case of the configured rule lists: rules carry their cases as data."""

from collections.abc import Iterator, Mapping

import pulumi

from rehearsal.rules import all_rules
from rehearsal.rules.rule import Declared, Ref

config = pulumi.Config()
rule = next(rule for rule in all_rules() if rule.id == config.require("rule"))
case = rule.trips if config.require("case") == "trips" else rule.passes
declared: dict[str, pulumi.CustomResource] = {}


def resolve(value: object) -> object:
    if isinstance(value, Ref):
        return getattr(declared[value.name], value.output or "id")
    if isinstance(value, Mapping):
        return {key: resolve(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolve(item) for item in value]
    return value


def references(value: object) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, (Mapping, list, tuple)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from references(item)


def register(item: Declared) -> pulumi.CustomResource:
    # The SDK gives a resource the outputs that it was declared with.
    asked = {
        ref.output for ref in references([one.inputs for one in case.resources]) if ref.name == item.name
    }
    inputs = {key: resolve(value) for key, value in item.inputs.items()} | dict.fromkeys(asked - {""})
    if item.type.startswith("pulumi:providers:"):
        return pulumi.ProviderResource(item.type.rpartition(":")[2], item.name, inputs)
    provider = declared.get(item.provider)
    return pulumi.CustomResource(
        item.type,
        item.name,
        inputs,
        pulumi.ResourceOptions(
            provider=provider if isinstance(provider, pulumi.ProviderResource) else None,
            depends_on=[declared[name] for name in item.depends_on],
            protect=item.protect or None,
            replace_on_changes=list(item.replace_on_changes) or None,
            ignore_changes=list(item.ignore_changes) or None,
            deleted_with=declared.get(item.deleted_with),
        ),
    )


for item in case.resources:
    declared[item.name] = register(item)
for name, output in case.outputs.items():
    pulumi.export(name, output)
