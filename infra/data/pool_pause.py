"""Pausing and starting a dedicated SQL pool: pipelines of the data factory, because ARM has no schedule for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import datafactory

from infra.access.grants import grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.factory import Factory
from infra.data.data_factory.triggers import trigger_properties
from infra.settings.synapse import DedicatedPool, PauseSchedule, PoolStep, step_name
from infra.settings.triggers import Recurrence, Schedule, Trigger

API_VERSION = "2021-06-01"
_MANAGEMENT = {"type": "MSI", "resource": "https://management.azure.com/"}


_BEFORE = {PoolStep.PAUSE: "Online", PoolStep.RESUME: "Paused"}
"""The state in which the service takes the step (Azure REST spec synapse 2021-06-01, SqlPoolProperties.status)."""


class PoolPause(Component):
    """Owns a pipeline and its trigger for each step of each pool with a schedule, and the factory's right to take it.

    A paused pool refuses to be paused (409), which would count as a failed run: the pipeline asks first.
    """

    def __init__(
        self,
        settings: Mapping[str, DedicatedPool],
        pools: Mapping[str, Reference],
        factory: Factory,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:PoolPause", "pool-pause", context, opts)
        self.factory = factory
        for key, pool in settings.items():
            if pool.pause:
                rights = grant_identity(
                    self,
                    IdentityPurpose.DATA_FACTORY,
                    factory.principal,
                    AccessScope.SYNAPSE_SQL_POOL,
                    pools[key],
                    {Condition.POOL_PAUSES},
                    part=key,
                )
                for step, at in pool.pause.steps():
                    self._take(step, at, key, pool.pause, pools[key], rights)
        self.register_outputs({"pauses": sorted(key for key, pool in settings.items() if pool.pause)})

    def _take(
        self,
        step: PoolStep,
        at: str,
        key: str,
        schedule: PauseSchedule,
        pool: Reference,
        rights: Sequence[pulumi.Resource],
    ) -> None:
        context, factory = self.context, self.factory.reference
        name = context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, step_name(step, key))
        pipeline = datafactory.Pipeline(
            f"pipeline-{step_name(step, key)}",
            factory_name=factory.known_name,
            resource_group_name=context.resource_group.known_name,
            pipeline_name=name,
            description=f"{step.capitalize()}s the dedicated SQL pool {pool.name}, which bills while it is online",
            concurrency=1,
            activities=_activities(step, pool),  # pyright: ignore[reportArgumentType]  # the provider's plain objects
            opts=self.child(depends_on=rights),
        )
        trigger = Trigger.model_construct(
            schedule=Schedule.model_construct(
                every=Recurrence.DAY,
                interval=1,
                time_zone=schedule.time_zone,
                start=schedule.start,
                at=[at],
            ),
            parameters={},
        )
        datafactory.Trigger(
            f"trigger-{step_name(step, key)}",
            factory_name=factory.known_name,
            resource_group_name=context.resource_group.known_name,
            trigger_name=name,
            properties=trigger_properties(
                trigger, Reference(f"{factory.id}/pipelines/{name}", name, (pipeline,)), None
            ),
            opts=self.child(),
        )


def _activities(step: PoolStep, pool: Reference) -> list[dict[str, object]]:
    def url(action: str) -> pulumi.Output[str]:
        return pool.known_id.apply(
            lambda item: f"https://management.azure.com{item}{action}?api-version={API_VERSION}"
        )

    return [
        {
            "name": "ask",
            "type": "WebActivity",
            "policy": {"timeout": "0.00:05:00", "retry": 2},
            "method": "GET",
            "url": url(""),
            "authentication": _MANAGEMENT,
        },
        {
            "name": f"{step}-if-{_BEFORE[step].lower()}",
            "type": "IfCondition",
            "dependsOn": [{"activity": "ask", "dependencyConditions": ["Succeeded"]}],
            "expression": {
                "type": "Expression",
                "value": f"@equals(activity('ask').output.properties.status, '{_BEFORE[step]}')",
            },
            "ifTrueActivities": [
                {
                    "name": str(step),
                    "type": "WebActivity",
                    "policy": {"timeout": "0.00:10:00", "retry": 2},
                    "method": "POST",
                    "url": url(f"/{step}"),
                    "body": "{}",
                    "authentication": _MANAGEMENT,
                }
            ],
        },
    ]
