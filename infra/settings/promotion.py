"""From training to production: the registry between environments, and the gate before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.conventions.model_metrics import METRICS
from infra.settings.base import Generation, Guid, LoadingContext, Problem, RegionName, SettingsModel
from infra.settings.ml import StorageRedundancy


class Registry(SettingsModel):
    """The registry of promoted models, in the stack that owns it. Others read it: access.reads_from."""

    generation: Generation = 1
    regions: Annotated[list[RegionName], Field(min_length=1)]
    """Where models are served from; the stack's own region is one of them. Regions are added, never removed."""
    redundancy: StorageRedundancy = StorageRedundancy.STANDARD_ZRS
    """Of the storage accounts that the service makes in each region; kept once they are there."""


class Gate(SettingsModel):
    """The conditions for promoting a model, in either registry (`databricks.model_registry`)."""

    metric: str = "accuracy"
    """On the test data; the training job writes it to the model's properties as metric.NAME."""
    threshold: float = 0.8
    """The metric must be better than this: above it, or below it for errors."""
    minimum_test_rows: Annotated[int, Field(ge=1)] = 1000
    """Fewer rows prove nothing."""
    must_beat_production: bool = True
    """Also better than the model that serves now; the first one has nothing to beat."""
    minimum_improvement: Annotated[float, Field(ge=0)] = 0.0
    """By how much; a tie is never better."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        metric = METRICS.get(self.metric)
        if metric is None:
            yield Problem("metric", f"'{self.metric}' is not known; give one of {', '.join(METRICS)}")
        elif not metric.lowest <= self.threshold <= metric.highest:
            yield Problem(
                "threshold",
                f"is {self.threshold:g}, outside the range of {self.metric}, {metric.lowest:g} to "
                f"{metric.highest:g}; give a value in it",
            )
        elif self.threshold == (metric.highest if metric.higher_is_better else metric.lowest):
            yield Problem(
                "threshold",
                f"is {self.threshold:g}, and no {self.metric} is better than that; nothing would pass",
            )
        elif self.minimum_improvement >= metric.highest - metric.lowest:
            yield Problem(
                "minimum_improvement",
                f"is {self.minimum_improvement:g}, as much as {self.metric} can differ at all, so nothing would pass; "
                "give less",
            )
        if self.minimum_improvement and not self.must_beat_production:
            yield Problem(
                "minimum_improvement",
                f"is {self.minimum_improvement:g}, and must_beat_production is false; remove one of the two",
            )


class Registrant(SettingsModel):
    """The only principal whose model versions are promoted: the jobs' principal of the environment they come from."""

    application_id: Guid
    """That environment's databricks.jobs_service_principal_application_id."""
    object_id: Guid
    """That environment's databricks.jobs_service_principal_object_id."""


SCAN_FOLDER = "{folder}"
"""The placeholder in the scan's command for the folder of the candidate's files."""


class Scan(SettingsModel):
    """The scanner of files that run code when they are loaded (pickle and formats built on it), before the
    gate."""

    command: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)] = [
        "picklescan",
        "--path",
        SCAN_FOLDER,
    ]
    """Words of the command; exit code 0 means nothing was found. The default is in requirements-scan.txt."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if not any(SCAN_FOLDER in word for word in self.command[1:]):
            yield Problem("command", f"does not say what to look at; give {SCAN_FOLDER} as one of its words")


class Promotion(SettingsModel):
    """The gate in every environment, the registry in the one that owns it."""

    registry: Registry | None = None
    gate: Gate = Gate()
    registered_by: Registrant | None = None
    """Required in prod, which is promoted to: versions that anybody else registered are refused."""
    scan: Scan | None = Scan()
    """null = a model with such files is refused; prod cannot take one unseen."""
