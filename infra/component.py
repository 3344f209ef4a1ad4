"""The form of every component: its type, its tags, and the options its children get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi

from infra.context import Context
from infra.conventions.known import check_returned_id
from infra.conventions.retry import retry_hooks
from infra.conventions.tags import component_tags
from infra.settings.base import PROJECT

LONG_TIMEOUTS = pulumi.CustomTimeouts(create="60m", update="60m", delete="60m")
"""For what takes longer than a provider waits by default: AKS, its extension, the first ML compute (which also
provisions the managed network, about 30 minutes: learn.microsoft.com how-to-managed-network)."""


class Component(pulumi.ComponentResource):
    """A part of the platform. Children get its `parent` and its tags, never the caller's options."""

    def __init__(self, kind: str, name: str, context: Context, opts: pulumi.ResourceOptions) -> None:
        """`kind` is `<folder>:<Class>`, for example `ml:Workspace`: it becomes part of every child's URN."""
        super().__init__(f"{PROJECT}:{kind}", name, None, opts)
        self.context = context
        self.tags: Mapping[str, str] = component_tags(context.tags, name)

    def child(
        self,
        *,
        depends_on: Sequence[pulumi.Resource] = (),
        ignore_changes: Sequence[str] = (),
        immutable: Sequence[str] = (),
        custom_timeouts: pulumi.CustomTimeouts | None = None,
        retry: str | None = None,
    ) -> pulumi.ResourceOptions:
        """Options of a resource that can be made again.

        `immutable` names properties that the service cannot change although the provider previews an update.
        `retry` names the resource type whose first-deployment errors are retried (`infra.conventions.retry`).
        """
        return pulumi.ResourceOptions(
            parent=self,
            depends_on=list(depends_on) or None,
            ignore_changes=list(ignore_changes) or None,
            replace_on_changes=list(immutable) or None,
            custom_timeouts=custom_timeouts,
            hooks=retry_hooks(retry) if retry else None,
        )

    def stateful_child(
        self,
        *,
        immutable: Sequence[str] = (),
        depends_on: Sequence[pulumi.Resource] = (),
        ignore_changes: Sequence[str] = (),
        custom_timeouts: pulumi.CustomTimeouts | None = None,
        retry: str | None = None,
    ) -> pulumi.ResourceOptions:
        """Options of a resource that holds state, or whose name stays blocked after deletion.

        Names are static, so a replacement deletes first; `protect` makes that a decision
        (`recovery.protected`) instead of an accident. Build anew beside it with the part's `generation`.
        """
        options = self.child(
            depends_on=depends_on,
            ignore_changes=ignore_changes,
            immutable=immutable,
            custom_timeouts=custom_timeouts,
            retry=retry,
        )
        options.protect = self.context.recovery.protected
        return options

    def verify(self, expected_id: str, resource: pulumi.CustomResource) -> None:
        """Compare the computed ARM id with the returned one at `up`, before neighbours rely on it."""
        check_returned_id(expected_id, resource)
