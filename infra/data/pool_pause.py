"""Pausing a dedicated SQL pool: a pipeline of the data factory, because ARM has no schedule for it."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import datafactory

from infra.access.grants import grant_identity
from infra.access.identity_table import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.factory import Factory
from infra.data.data_factory.triggers import trigger_properties
from infra.settings.pipelines import Recurrence, Schedule, Trigger
from infra.settings.synapse import DedicatedPool, PauseSchedule

API_VERSION = "2021-06-01"
_MANAGEMENT = {"type": "MSI", "resource": "https://management.azure.com/"}


class PoolPause(Component):
    """Owns a pipeline and its trigger for each pool with a schedule, and the factory's right to pause it.

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
                self._pause(key, pool.pause, pools[key])
        self.register_outputs({"pauses": sorted(key for key, pool in settings.items() if pool.pause)})

    def _pause(self, key: str, schedule: PauseSchedule, pool: Reference) -> None:
        context, factory = self.context, self.factory.reference
        rights = grant_identity(
            self,
            IdentityPurpose.DATA_FACTORY,
            self.factory.principal,
            AccessScope.SYNAPSE_SQL_POOL,
            pool,
            {Condition.POOL_PAUSES},
            part=key,
        )
        name = context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, pause_name(key))
        pipeline = datafactory.Pipeline(
            f"pipeline-{pause_name(key)}",
            factory_name=factory.known_name,
            resource_group_name=context.resource_group.known_name,
            pipeline_name=name,
            description=f"Pauses the dedicated SQL pool {pool.name}, which bills while it is online",
            concurrency=1,
            activities=_activities(pool),  # pyright: ignore[reportArgumentType]  # the provider's plain objects
            opts=self.child(depends_on=rights),
        )
        trigger = Trigger.model_construct(
            schedule=Schedule.model_construct(
                every=Recurrence.DAY,
                interval=1,
                time_zone=schedule.time_zone,
                start=schedule.start,
                at=[schedule.at],
            ),
            parameters={},
        )
        datafactory.Trigger(
            f"trigger-{pause_name(key)}",
            factory_name=factory.known_name,
            resource_group_name=context.resource_group.known_name,
            trigger_name=name,
            properties=trigger_properties(
                trigger, Reference(f"{factory.id}/pipelines/{name}", name, (pipeline,)), None
            ),
            opts=self.child(),
        )


def pause_name(pool: str) -> str:
    """Of the pipeline and of its trigger."""
    return f"pause-{pool}"


def _activities(pool: Reference) -> list[dict[str, object]]:
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
            "name": "pause-if-online",
            "type": "IfCondition",
            "dependsOn": [{"activity": "ask", "dependencyConditions": ["Succeeded"]}],
            "expression": {
                "type": "Expression",
                "value": "@equals(activity('ask').output.properties.status, 'Online')",
            },
            "ifTrueActivities": [
                {
                    "name": "pause",
                    "type": "WebActivity",
                    "policy": {"timeout": "0.00:10:00", "retry": 2},
                    "method": "POST",
                    "url": url("/pause"),
                    "body": "{}",
                    "authentication": _MANAGEMENT,
                }
            ],
        },
    ]
