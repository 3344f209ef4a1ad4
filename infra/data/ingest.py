"""Ingest: the data factory, whole."""

from __future__ import annotations

import pulumi

from infra.component import Component
from infra.context import Context
from infra.data.data_factory.factory import Factory
from infra.data.data_factory.factory_dependencies import FactoryDependencies
from infra.data.data_factory.failure_alert import FailureAlert
from infra.data.data_factory.linked_services import LinkedServices
from infra.data.data_factory.pipelines import Pipelines
from infra.settings import data_factory as settings_of


class Ingest(Component):
    """Owns the factory and everything of ours inside it."""

    def __init__(
        self,
        settings: settings_of.DataFactory,
        around: FactoryDependencies,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:Ingest", "ingest", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        factory = Factory(settings, around, context, inside)
        services = LinkedServices(settings, factory, around, context, inside)
        pipelines = Pipelines(settings, services, around, context, inside)
        FailureAlert(list(settings.failure_emails), factory.reference, context, inside)
        self.factory = factory
        self.outputs: dict[str, pulumi.Input[object]] = {
            "data_factory_id": factory.reference.id,
            "pipelines": {key: item.name for key, item in pipelines.pipelines.items()},
            "triggers": pipelines.trigger_names,
        }
        self.register_outputs(self.outputs)
