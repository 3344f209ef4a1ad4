"""The whole settings object of one stack."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from infra.settings.access import Access
from infra.settings.apps import Apps
from infra.settings.base import Key, SettingsModel
from infra.settings.cost import Cost
from infra.settings.data_factory import DataFactory
from infra.settings.databricks import Databricks
from infra.settings.encryption import Encryption
from infra.settings.environment import Azure, Budget, Environment, Recovery, Tags
from infra.settings.lake import Lake
from infra.settings.ml import MachineLearning
from infra.settings.monitoring import Monitoring
from infra.settings.network import Network, PrivateNetwork
from infra.settings.observability import Observability
from infra.settings.promotion import Promotion
from infra.settings.security import Security
from infra.settings.serving import Serving
from infra.settings.sources import Source
from infra.settings.synapse import Synapse


class PlatformSettings(SettingsModel):
    """One stack. Each field is one key of the stack file; a part without its key is not deployed."""

    today: date
    """The clock of budgets and retirements; not meant for stack files. Default: the day of the run."""
    environment: Environment
    azure: Azure
    tags: Tags
    budget: Budget
    cost: Cost = Cost()
    recovery: Recovery = Recovery()
    network: Network
    observability: Observability = Observability()
    encryption: Encryption = Encryption()
    security: Security = Security()
    access: Access = Access()
    lake: Annotated[Lake | None, Field(description="The data lake. Default: none.")] = None
    ml: Annotated[MachineLearning | None, Field(description="Azure Machine Learning. Default: none.")] = None
    databricks: Annotated[Databricks | None, Field(description="Databricks. Default: none.")] = None
    serving: Annotated[
        Serving | None, Field(description="Scoring: AKS, endpoints, containers. Default: none.")
    ] = None
    monitoring: Annotated[
        Monitoring | None, Field(description="Alerts, and retraining that they start. Default: none.")
    ] = None
    sources: dict[Key, Source] = {}
    """Stores of others that data comes from."""
    data_factory: Annotated[
        DataFactory | None, Field(description="Azure Data Factory, which brings data in. Default: none.")
    ] = None
    synapse: Annotated[
        Synapse | None, Field(description="Synapse, where reports read predictions. Default: none.")
    ] = None
    promotion: Annotated[
        Promotion | None, Field(description="The promotion of models to production. Default: none.")
    ] = None
    apps: Annotated[Apps | None, Field(description="Container apps and AI services. Default: none.")] = None

    @property
    def foundation_only(self) -> bool:
        """Phase 1 of a first private deployment: what the hub's owner connects, and nothing that needs it
        (docs/decisions/0014)."""
        return isinstance(self.network, PrivateNetwork) and self.network.awaits_hub
