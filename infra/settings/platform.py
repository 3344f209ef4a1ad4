"""The whole settings object of one stack."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from infra.settings.access import Access
from infra.settings.base import SettingsModel
from infra.settings.databricks import Databricks
from infra.settings.encryption import Encryption
from infra.settings.environment import Azure, Budget, Environment, Recovery, Tags
from infra.settings.ml import MachineLearning
from infra.settings.monitoring import Monitoring
from infra.settings.network import Network
from infra.settings.observability import Observability
from infra.settings.serving import Serving


class PlatformSettings(SettingsModel):
    """One stack. Each field is one key of the stack file; a part that is left out is not deployed."""

    today: date
    """The clock of budgets and retirements; left out of stack files (default: the day of the run)."""
    environment: Environment
    azure: Azure
    tags: Tags
    budget: Budget
    recovery: Recovery = Recovery()
    network: Network
    observability: Observability = Observability()
    encryption: Encryption = Encryption()
    access: Access
    ml: Annotated[MachineLearning | None, Field(description="Azure Machine Learning; left out = none.")] = (
        None
    )
    databricks: Annotated[Databricks | None, Field(description="Databricks; left out = none.")] = None
    serving: Annotated[Serving | None, Field(description="Scoring on AKS; left out = none.")] = None
    monitoring: Annotated[
        Monitoring | None, Field(description="Alerts and what they start; left out = none.")
    ] = None
