"""The whole settings object of one stack, and what its areas need of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from infra.settings.access import Access
from infra.settings.base import Problem, SettingsModel
from infra.settings.databricks import Databricks
from infra.settings.environment import Azure, Budget, Environment, Recovery, Tags
from infra.settings.ml import MachineLearning, ManagedNetworkIsolation
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
    access: Access
    ml: Annotated[MachineLearning | None, Field(description="Azure Machine Learning; left out = none.")] = (
        None
    )
    databricks: Annotated[Databricks | None, Field(description="Databricks; left out = none.")] = None
    serving: Annotated[Serving | None, Field(description="Scoring on AKS; left out = none.")] = None


@dataclass(frozen=True)
class CrossCheck:
    """A rule between areas; it runs when every area it reads is valid in itself."""

    areas: tuple[str, ...]
    check: Callable[[PlatformSettings], Iterator[Problem]]


def _serving_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.serving is not None and settings.ml is None:
        yield Problem(
            "serving", "needs ml, whose workspace the cluster is attached to; add ml or remove serving"
        )


def _link_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.databricks and settings.databricks.link_ml_workspace and settings.ml is None:
        yield Problem(
            "databricks.link_ml_workspace", "is true and there is no ml to link; set it to false or add ml"
        )


def _instances_need_network(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.ml is None or settings.ml.workspace.managed_network is not ManagedNetworkIsolation.DISABLED:
        return
    if settings.ml.compute_instances or settings.ml.training_clusters:
        yield Problem(
            "ml.workspace.managed_network",
            "is Disabled, and compute without public IPs needs a network; give AllowInternetOutbound",
        )


CROSS_CHECKS: tuple[CrossCheck, ...] = (
    CrossCheck(("serving", "ml"), _serving_needs_ml),
    CrossCheck(("databricks", "ml"), _link_needs_ml),
    CrossCheck(("ml",), _instances_need_network),
)
