"""A change of inputs as the protocol's answer to `Diff`."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi.runtime.proto import provider_pb2

from rehearsal.cloud.change import Change, ResourceRecord, plan_change
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.paths import split_path, walk

_KINDS = provider_pb2.PropertyDiff


def diff_response(
    urn: str, resource_type: str, old: Mapping[str, object], new: Mapping[str, object]
) -> provider_pb2.DiffResponse:
    """What the provider says of a change: per property what happens to it, and whether it forces a replacement.

    `protect`, `ignore_changes` and `replace_on_changes` are the engine's business: it knows the options, and turns
    the kinds given here into replacements where one says so.
    """
    change = plan_change(ResourceRecord(urn, resource_type, old), ResourceRecord(urn, resource_type, new))
    if change.kind is ChangeKind.SAME:
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME,
        diffs=_top_level(change.paths),
        replaces=_top_level(change.replaces),
        deleteBeforeReplace=change.delete_before_replace,
        detailedDiff={path: _kind(path, change, old, new) for path in change.paths},
        hasDetailedDiff=True,
    )


def _kind(
    path: str, change: Change, old: Mapping[str, object], new: Mapping[str, object]
) -> provider_pb2.PropertyDiff:
    if walk(old, path) is None:
        plain, replacing = _KINDS.ADD, _KINDS.ADD_REPLACE
    elif walk(new, path) is None:
        plain, replacing = _KINDS.DELETE, _KINDS.DELETE_REPLACE
    else:
        plain, replacing = _KINDS.UPDATE, _KINDS.UPDATE_REPLACE
    return provider_pb2.PropertyDiff(kind=replacing if path in change.replaces else plain, inputDiff=True)


def _top_level(paths: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(str(split_path(path)[0]) for path in paths))
