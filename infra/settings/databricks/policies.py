"""Cluster policies: data files under `infra/databricks/policies`, and what a stack narrows in them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from typing_extensions import override

from infra.settings.access import Persona
from infra.settings.base import Key, LoadingContext, ModelProblemsError, Problem, SettingsModel
from infra.settings.databricks.runtime import Runtime, is_ml_runtime
from infra.settings.messages import unknown_key, what_would_be_right
from pulumi_stack_files.document import read_yaml
from pulumi_stack_files.errors import StackFileError

POLICY_FOLDER = Path(__file__).parents[2] / "databricks" / "policies"


class NodeFamily(StrEnum):
    """VM families that Databricks offers and Azure has not announced the end of."""

    DDSV5 = "Ddsv5"
    DADSV5 = "Dadsv5"
    EDSV5 = "Edsv5"
    EADSV5 = "Eadsv5"
    LSV3 = "Lsv3"
    NCAST4V3 = "NCasT4v3"


FAMILY_SIZES: Mapping[NodeFamily, tuple[str, tuple[int, ...]]] = {
    NodeFamily.DDSV5: ("Standard_D{}ds_v5", (4, 8, 16, 32, 48, 64, 96)),
    NodeFamily.DADSV5: ("Standard_D{}ads_v5", (4, 8, 16, 32, 48, 64, 96)),
    NodeFamily.EDSV5: ("Standard_E{}ds_v5", (4, 8, 16, 32, 48, 64, 96)),
    NodeFamily.EADSV5: ("Standard_E{}ads_v5", (4, 8, 16, 32, 48, 64, 96)),
    NodeFamily.LSV3: ("Standard_L{}s_v3", (8, 16, 32, 48, 64, 80)),
    NodeFamily.NCAST4V3: ("Standard_NC{}as_T4_v3", (4, 8, 16, 64)),
}
"""Family to size name and vCPUs, from 4 on: Databricks takes no smaller node
(learn.microsoft.com virtual-machines/sizes)."""


class ClusterKind(StrEnum):
    """Who starts a cluster: a job for itself, or a person."""

    JOB = "job"
    ALL_PURPOSE = "all-purpose"


class AccessMode(StrEnum):
    """`dedicated` to one person or application, which ML runtimes need; `standard` is shared."""

    DEDICATED = "dedicated"
    STANDARD = "standard"


class SpotRule(StrEnum):
    """Whether workers may be spot machines; the driver never is."""

    NEVER = "never"
    WITH_FALLBACK = "with-fallback"
    ALLOWED = "allowed"
    """Without fallback too, which is all that a pool of spot machines has."""


class AutoTermination(SettingsModel):
    """Minutes without work until a cluster ends."""

    minimum: Annotated[int, Field(ge=10)]
    maximum: Annotated[int, Field(le=10000)]
    default: int

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if not self.minimum <= self.default <= self.maximum:
            yield Problem(
                "default", f"is {self.default}; give from minimum {self.minimum} to maximum {self.maximum}"
            )


class PolicyFile(SettingsModel):
    """One policy, for everybody it names."""

    description: str
    cluster: ClusterKind
    used_by: list[Persona] = []
    """Personas that may create clusters under it."""
    used_by_jobs: bool = False
    """Whether the jobs' service principal may."""
    node_families: Annotated[list[NodeFamily], Field(min_length=1)]
    max_cores_per_node: Annotated[int, Field(ge=4)]
    runtimes: Annotated[list[Runtime], Field(min_length=1)]
    access_mode: AccessMode
    max_workers: Annotated[int, Field(ge=0, le=200)]
    max_dbu_per_hour: Annotated[float, Field(gt=0)]
    """DBU an hour of one cluster, driver included."""
    auto_termination_minutes: AutoTermination | None = None
    """Of all-purpose clusters; a job's cluster ends with its run."""
    max_clusters_per_user: Annotated[int, Field(ge=1)] | None = None
    spot: SpotRule
    forced_tags: dict[str, str] = {}
    """Besides the platform's own tags, which every policy forces."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.cluster is ClusterKind.ALL_PURPOSE) != (self.auto_termination_minutes is not None):
            yield Problem(
                "auto_termination_minutes",
                "is needed with cluster: all-purpose, and refused with cluster: job, which ends with its run",
            )
        if self.used_by_jobs and self.cluster is not ClusterKind.JOB:
            yield Problem("used_by_jobs", "is true with cluster: all-purpose; jobs make job clusters")
        if self.access_mode is AccessMode.STANDARD:
            for index, runtime in enumerate(self.runtimes):
                if is_ml_runtime(runtime):
                    yield Problem(
                        f"runtimes[{index}]", f"{runtime} is an ML runtime; it needs access_mode: dedicated"
                    )
        if not self.node_types:
            yield Problem(
                "max_cores_per_node", f"is {self.max_cores_per_node}, below every size of the node_families"
            )

    @property
    def node_types(self) -> tuple[str, ...]:
        """The sizes that the families have up to the bound."""
        return tuple(
            pattern.format(cores)
            for pattern, sizes in (FAMILY_SIZES[family] for family in self.node_families)
            for cores in sizes
            if cores <= self.max_cores_per_node
        )


class ClusterPolicy(SettingsModel):
    """A policy file, and bounds that this environment draws tighter."""

    file: Key
    """Name of a file in infra/databricks/policies, without .yaml."""
    max_workers: Annotated[int, Field(ge=0)] | None = None
    max_dbu_per_hour: Annotated[float, Field(gt=0)] | None = None
    spot: SpotRule | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        try:
            policy = read_policy(self.file, context)
        except PolicyFileError as error:
            yield from (Problem("file", text) for text in error.problems)
            return
        for name in ("max_workers", "max_dbu_per_hour"):
            narrowed, bound = getattr(self, name), getattr(policy, name)
            if narrowed is not None and narrowed > bound:
                yield Problem(
                    name, f"is {narrowed}; {self.file}.yaml allows {bound}, and a stack may only give less"
                )
        order = list(SpotRule)
        if self.spot is not None and order.index(self.spot) > order.index(policy.spot):
            yield Problem(
                "spot",
                f"is {self.spot}; {self.file}.yaml allows {policy.spot}, and a stack may only give less",
            )

    def resolve(self) -> PolicyFile:
        """The file's policy with this environment's bounds. Call it on settings that were checked."""
        policy = read_policy(self.file, None)
        changes = {
            name: value
            for name in ("max_workers", "max_dbu_per_hour", "spot")
            if (value := getattr(self, name)) is not None
        }
        return policy.model_copy(update=changes)


class PolicyFileError(ValueError):
    """A policy file that is missing or fails its schema; `problems` has a line for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_policy(name: str, context: LoadingContext | None) -> PolicyFile:
    """Read `<name>.yaml`; with `context`, the meaning of its fields is checked too, retirements included."""
    path = POLICY_FOLDER / f"{name}.yaml"
    if not path.is_file():
        there = ", ".join(sorted(file.stem for file in POLICY_FOLDER.glob("*.yaml"))) or "none"
        raise PolicyFileError((f"there is no {name}.yaml in infra/databricks/policies (there: {there})",))
    try:
        return PolicyFile.model_validate(_document(path, path.stat().st_mtime_ns), context=context)
    except StackFileError as error:
        raise PolicyFileError((f"{path.name}:{error.line}: {error.problem}",)) from error
    except ValidationError as error:
        raise PolicyFileError(tuple(f"{path.name}: {line}" for line in _lines(error))) from error


@functools.cache
def _document(path: Path, _written: int) -> object:
    """The file as YAML, read once while it stays as it is: several policies of a stack name one file."""
    return read_yaml(path)


def _lines(error: ValidationError) -> Iterator[str]:
    for details in error.errors(include_url=False):
        path = ".".join(str(part) for part in details["loc"])
        cause = details.get("ctx", {}).get("error")
        if isinstance(cause, ModelProblemsError):
            prefix = f"{path}." if path else ""
            yield from (f"{prefix}{problem.path} {problem.message}" for problem in cause.problems)
        elif cause is not None:
            yield f"{path} {cause}"
        elif details["type"] == "extra_forbidden":
            yield f"{path} {unknown_key(str(details['loc'][-1]), PolicyFile.model_fields)}"
        else:
            message = what_would_be_right(
                details["type"], details["input"], details.get("ctx", {}), details["msg"]
            )
            yield f"{path or 'the file'} {message}"
