"""Values that are known before deployment and still carry their dependency.

A name or ARM id computed from settings is known at the first preview, while the same value read from a
resource's output is not; but a plain string would lose the order of creation. `known` keeps both.
"""

from __future__ import annotations

import asyncio
from typing import TypeVar

import pulumi

T = TypeVar("T")


def known(value: T, *resources: pulumi.Resource) -> pulumi.Output[T]:
    """`value`, depending on `resources`: they exist before anything that takes it, and previews show it.

    Built on the resources' URNs, which the engine knows at preview, unlike ids. Raises `TypeError` for a
    component: a dependency on a component means all its children, which closes a circle when the taker is one
    of them, and for no resource at all, since a plain value says the same.
    """
    if not resources:
        raise TypeError(
            f"known({value!r}) names no resource: pass the plain value, or the resource it belongs to"
        )
    for resource in resources:
        if not isinstance(resource, pulumi.CustomResource):
            raise TypeError(
                f"known({value!r}) may depend on custom resources only, not on {type(resource).__name__}: a "
                "dependency on a component means all its children and can close a circle; pass the child "
                "that owns the value"
            )
    if len(resources) == 1:  # as below, with a third of the tasks
        return resources[0].urn.apply(lambda _: value)
    return pulumi.Output.all(*[resource.urn for resource in resources]).apply(lambda _: value)


def once_known(value: pulumi.Output[T]) -> pulumi.Output[T | None]:
    """`value`, or nothing in a preview that cannot know it yet: then the resource that takes it gets none.

    For inputs of a provider, which shows no changes of its resources while one of its inputs is unknown. The
    dependency stays.
    """

    async def present() -> T | None:
        return await value.future() if await value.is_known() else None

    async def always() -> bool:
        return True

    return pulumi.Output(
        asyncio.ensure_future(value.resources()),
        asyncio.ensure_future(present()),
        asyncio.ensure_future(always()),
        asyncio.ensure_future(value.is_secret()),
    )


def check_returned_id(expected: str, resource: pulumi.CustomResource) -> pulumi.Output[str]:
    """The id Azure returned, once it equals the computed one (case-insensitively); during a preview, as it
    comes.

    Raises `pulumi.RunError` with both ids otherwise: everything that was computed from `expected` would point
    at something else, e.g. because the provider works on another subscription than the settings say.
    """

    def check(returned: str) -> str:
        if pulumi.runtime.is_dry_run() or returned.rstrip("/").lower() == expected.rstrip("/").lower():
            return returned
        raise pulumi.RunError(
            f"Azure returned the id {returned} where {expected} was computed from the settings: check "
            "subscription, resource group and name in the settings"
        )

    return resource.id.apply(check)
