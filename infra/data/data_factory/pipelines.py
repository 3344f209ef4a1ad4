"""Datasets, pipelines and their triggers."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import datafactory

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.activities import ActivityDependencies, activities_of, failing
from infra.data.data_factory.factory_dependencies import FactoryDependencies
from infra.data.data_factory.linked_services import LAKE, LinkedServices
from infra.data.data_factory.triggers import FIXED_WINDOW, trigger_properties
from infra.data.data_factory.windows import BOUNDS, FILE_PARAMETER
from infra.settings import data_factory as settings_of
from infra.settings.pipelines import Dataset, FileFormat, Pipeline
from infra.settings.sources import SourceKind
from infra.settings.trigger_cross_checks import in_order
from infra.settings.triggers import Trigger


class Pipelines(Component):
    """Owns datasets, pipelines and triggers. Does not own what they run.

    Triggers are created stopped, and a running one refuses its update: a step of the release stops and starts them
    around every `up` (`python -m infra.data.data_factory.trigger_steps`, docs/data.md).
    """

    def __init__(
        self,
        settings: settings_of.DataFactory,
        services: LinkedServices,
        around: FactoryDependencies,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:Pipelines", "pipelines", context, opts)
        self.services = services
        self.factory = services.factory.reference
        dependencies = ActivityDependencies(
            services=services,
            around=around,
            datasets=settings.datasets,
            dataset_names={
                key: self._dataset(key, item, windowed=key in settings.windowed_datasets)
                for key, item in settings.datasets.items()
            },
            batch_endpoint_names={
                key: context.naming.name(ResourceKind.ML_BATCH_ENDPOINT, key, generation=generation)
                for key, generation in around.batch_endpoint_generations.items()
            },
        )
        possible = {
            key: pipeline
            for key, pipeline in settings.pipelines.items()
            if around.databricks or not pipeline.needs_databricks
        }
        self.pipelines: Mapping[str, Reference] = {
            key: self._pipeline(key, pipeline, dependencies) for key, pipeline in possible.items()
        }
        self.windows: dict[tuple[str, str], Reference] = {}
        for key, trigger_key in in_order(settings):
            # What a window waits for is made before it.
            if key in possible:
                trigger = possible[key].triggers[trigger_key]
                self.windows[key, trigger_key] = self._trigger(key, trigger_key, trigger, around)
        self.trigger_names: list[str] = [item.name for item in self.windows.values()]
        for key, pipeline in possible.items():
            for trigger_key, trigger in pipeline.triggers.items():
                if not trigger.tumbling_window:
                    self.trigger_names.append(self._trigger(key, trigger_key, trigger, around).name)
        self.trigger_names.sort()
        self.register_outputs({"pipelines": sorted(item.name for item in self.pipelines.values())})

    def _trigger(self, pipeline: str, key: str, settings: Trigger, around: FactoryDependencies) -> Reference:
        name = self.context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, f"{pipeline}-{key}")
        options = self.child(immutable=FIXED_WINDOW if settings.tumbling_window else ())
        # The name stays the same, and the one that has it must go first.
        options.delete_before_replace = True if settings.tumbling_window else None
        trigger = datafactory.Trigger(
            f"trigger-{pipeline}-{key}",
            factory_name=self.factory.known_name,
            resource_group_name=self.context.resource_group.known_name,
            trigger_name=name,
            properties=trigger_properties(settings, self.pipelines[pipeline], around.lake, self.windows),
            opts=options,
        )
        return Reference(f"{self.factory.id}/triggers/{name}", name, (trigger,))

    def _dataset(self, key: str, settings: Dataset, *, windowed: bool) -> pulumi.Output[str]:
        name = self.context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, key)
        dataset = datafactory.Dataset(
            f"dataset-{key}",
            factory_name=self.factory.known_name,
            resource_group_name=self.context.resource_group.known_name,
            dataset_name=name,
            properties=self._files(settings, windowed=windowed) if settings.zone else self._table(settings),  # pyright: ignore[reportArgumentType]
            opts=self.child(),
        )
        return Reference(f"{self.factory.id}/datasets/{name}", name, (dataset,)).known_name

    def _files(self, settings: Dataset, *, windowed: bool) -> object:
        location = datafactory.AzureBlobFSLocationArgs(
            type="AzureBlobFSLocation",
            file_system=settings.zone,
            folder_path=settings.folder,
            file_name={"type": "Expression", "value": f"@dataset().{FILE_PARAMETER}"} if windowed else None,
        )
        parameters = {FILE_PARAMETER: _parameter(None)} if windowed else None
        service = self.services.reference(LAKE)
        if settings.file_format is FileFormat.CSV:
            return datafactory.DelimitedTextDatasetArgs(
                type="DelimitedText",
                linked_service_name=service,
                parameters=parameters,
                location=location,
                column_delimiter=",",
                quote_char='"',
                escape_char="\\",
                first_row_as_header=True,
            )
        if settings.file_format is FileFormat.JSON:
            return datafactory.JsonDatasetArgs(
                type="Json", linked_service_name=service, parameters=parameters, location=location
            )
        return datafactory.ParquetDatasetArgs(
            type="Parquet",
            linked_service_name=service,
            parameters=parameters,
            location=location,
            compression_codec="snappy",
        )

    def _table(self, settings: Dataset) -> object:
        source, table = settings.source or "", settings.table or ""
        service = self.services.reference(source)
        schema, _, name = table.rpartition(".")
        # The provider sends `schema` as the columns of the data, and has no way to send that of the database
        # (github.com/pulumi/pulumi-azure-native/issues/2006).
        match self.services_kind(source):
            case SourceKind.AZURE_SQL:
                return datafactory.AzureSqlTableDatasetArgs(
                    type="AzureSqlTable",
                    linked_service_name=service,
                    table_name=f"{schema or 'dbo'}.{name}",
                )
            case SourceKind.POSTGRESQL:
                return datafactory.PostgreSqlV2TableDatasetArgs(
                    type="PostgreSqlV2Table", linked_service_name=service, table=name
                )
            case SourceKind.MYSQL:
                return datafactory.AzureMySqlTableDatasetArgs(
                    type="AzureMySqlTable", linked_service_name=service, table_name=table
                )
            case SourceKind.COSMOS_DB:
                return datafactory.CosmosDbSqlApiCollectionDatasetArgs(
                    type="CosmosDbSqlApiCollection", linked_service_name=service, collection_name=table
                )
            case _:
                return datafactory.OdbcTableDatasetArgs(
                    type="OdbcTable", linked_service_name=service, table_name=table
                )

    def services_kind(self, source: str) -> SourceKind:
        """What kind of source a dataset's table is in."""
        return self.services.sources[source].kind

    def _pipeline(self, key: str, settings: Pipeline, dependencies: ActivityDependencies) -> Reference:
        name = self.context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, key)
        activities = [
            item
            for activity_key, activity in settings.activities.items()
            for item in activities_of(activity_key, activity, dependencies)
        ]
        pipeline = datafactory.Pipeline(
            f"pipeline-{key}",
            factory_name=self.factory.known_name,
            resource_group_name=self.context.resource_group.known_name,
            pipeline_name=name,
            description=settings.description or None,
            concurrency=settings.concurrency,
            parameters=_parameters(settings),
            activities=[*activities, *failing(settings.activities)],  # pyright: ignore[reportArgumentType]  # JSON
            opts=self.child(depends_on=self.services.ml_rights),
        )
        return Reference(f"{self.factory.id}/pipelines/{name}", name, (pipeline,))


def _parameters(settings: Pipeline) -> dict[str, datafactory.ParameterSpecificationArgs]:
    """A window's bounds beside the pipeline's own. What copies a window asks for them when somebody starts it by
    hand; elsewhere they are empty then."""
    has_window = settings.is_windowed or any(item.tumbling_window for item in settings.triggers.values())
    bounds = dict.fromkeys(BOUNDS, None if settings.is_windowed else "") if has_window else {}
    return {name: _parameter(default) for name, default in {**settings.parameters, **bounds}.items()}


def _parameter(default: str | None) -> datafactory.ParameterSpecificationArgs:
    return datafactory.ParameterSpecificationArgs(
        type=datafactory.ParameterType.STRING, default_value=default
    )
