"""The options of a registration as the engine keeps them."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message
from pulumi.runtime.proto import alias_pb2, resource_pb2

from rehearsal.model.resource import Options
from rehearsal.model.urns import make_urn

_HOOKS = (
    "before_create",
    "after_create",
    "before_update",
    "after_update",
    "before_delete",
    "after_delete",
    "on_error",
)


def read_options(
    request: resource_pb2.RegisterResourceRequest, inherited: Options, project: str, stack: str
) -> Options:
    """The request's options. Protect, retain-on-delete and deleted-with are those of the parent (`inherited`) where the
    resource does not say (pulumi 3.260 source_eval.go `inheritFromParent`; the SDK's mocks leave the last two out)."""
    aliases = {
        urn for alias in request.aliases if (urn := _alias(alias, request, project=project, stack=stack))
    }
    return Options(
        protect=request.protect if says(request, "protect") else inherited.protect,
        retain_on_delete=(
            request.retainOnDelete if says(request, "retainOnDelete") else inherited.retain_on_delete
        ),
        delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
        deleted_with=request.deletedWith or inherited.deleted_with,
        replace_with=tuple(sent(request, "replace_with") or ()),
        ignore_changes=tuple(request.ignoreChanges),
        replace_on_changes=tuple(request.replaceOnChanges),
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        custom_timeouts=_timeouts(request),
        import_id=request.importId,
        aliases=tuple(sorted(aliases)),
        hooks={name: tuple(found) for name in _HOOKS if (found := sent(request, "hooks", name))},
    )


def sent(message: Message, *fields: str) -> Any:
    """A field of a message, and a field of that; None where the installed SDK is older than the field."""
    here: Any = message
    for field in fields:
        here = getattr(here, field, None)
    return here


def _alias(
    alias: alias_pb2.Alias, request: resource_pb2.RegisterResourceRequest, *, project: str, stack: str
) -> str:
    """The URN of an alias that the program wrote. Those that azure-native adds itself (some 30 a resource: the same
    name under every API version's type token) say nothing about the program and are left out."""
    if alias.urn:
        return alias.urn
    spec = alias.spec
    renamed = spec.name or spec.stack or spec.project or spec.parentUrn or spec.noParent
    if not renamed and (request.custom or not spec.type):
        return ""
    return make_urn(
        spec.stack or stack,
        spec.project or project,
        "" if spec.noParent else spec.parentUrn or request.parent,
        spec.type or request.type,
        spec.name or request.name,
    )


def says(message: Message, field: str) -> bool:
    """Whether the program said yes or no. Before pulumi 3.17x a plain `false` cannot be told from nothing."""
    if message.DESCRIPTOR.fields_by_name[field].has_presence:
        return message.HasField(field)
    return bool(getattr(message, field))


def _timeouts(request: resource_pb2.RegisterResourceRequest) -> dict[str, str]:
    if not request.HasField("customTimeouts"):
        return {}
    timeouts = request.customTimeouts
    stated = {"create": timeouts.create, "update": timeouts.update, "delete": timeouts.delete}
    return {name: value for name, value in stated.items() if value}
