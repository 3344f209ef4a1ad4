"""Texts that must not reach a resource: secrets in plain text, and the text of an Output that was never
resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.finding import Finding, Severity
from rehearsal.model.paths import strings
from rehearsal.model.values import holds_stand_in
from rehearsal.model.world import World

_UNRESOLVED = (
    "Calling __str__ on an Output[T] is not supported",
    "<pulumi.output.Output object at",
)


def check_plain_text(world: World) -> Iterator[Finding]:
    """Looks through inputs, component outputs and stack exports."""
    for resource in world.resources:
        yield from _check(resource.urn, resource.inputs)
    for urn, outputs in world.component_outputs.items():
        yield from _check(urn, outputs)
    yield from _check("stack outputs", world.stack_outputs)


def _check(urn: str, values: Mapping[str, object]) -> Iterator[Finding]:
    for path, text, secret in strings(values):
        if not secret and holds_stand_in(text):
            yield Finding(
                urn=urn,
                rule="SEC001",
                path=path,
                severity=Severity.WARNING,
                message=f"a secret reaches plain text at {urn} {path}; keep it in an Output made by "
                "pulumi.Output.secret, or add additional_secret_outputs where a service returns it",
            )
        if any(sign in text for sign in _UNRESOLVED):
            yield Finding(
                urn=urn,
                rule="OUT001",
                path=path,
                message="holds the text of an Output instead of its value; use pulumi.Output.concat, "
                ".format or .apply instead of an f-string or str()",
                source="www.pulumi.com/docs/iac/concepts/inputs-outputs/apply",
            )
