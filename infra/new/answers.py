"""What a new environment's stack file cannot guess. The settings say what else there is; these are the fewest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from typing_extensions import override

from azure_facts.arm_ids import RESOURCE_GROUP_ID_PATTERN
from infra.conventions.tags import DataClassification
from infra.settings.access import Persona
from infra.settings.base import (
    AddressRange,
    Email,
    Guid,
    LoadingContext,
    ModelProblemsError,
    Problem,
    RegionName,
    SettingsModel,
)
from infra.settings.databricks.git import GitReference, RepositoryUrl
from infra.settings.messages import unknown_key, what_would_be_right
from infra.settings.network import VirtualNetworkId

ENVIRONMENT_PATTERN = r"^[a-z][a-z0-9]{1,7}$"


class Profile(StrEnum):
    """Which parts of the platform the environment has."""

    ML = "ml"
    DATABRICKS = "databricks"
    SCORING = "scoring"
    WHOLE = "whole"

    @property
    def has_databricks(self) -> bool:
        """Whether a Databricks workspace is one of them."""
        return self in (Profile.DATABRICKS, Profile.WHOLE)

    @property
    def has_scoring(self) -> bool:
        """Whether endpoints on a scoring cluster are one of them."""
        return self in (Profile.SCORING, Profile.WHOLE)


class DatabricksAnswers(SettingsModel):
    """The owner of the objects in Databricks, the principal of its jobs, and their repository."""

    account_id: Guid
    """Of the Databricks account: https://accounts.azuredatabricks.net, under your name."""
    owner_group: Annotated[str, Field(min_length=1, max_length=256)]
    """Display name of the Entra group of all who deploy, the pipeline's identity among them."""
    jobs_application_id: Guid
    """The application that jobs run as (az ad sp list --display-name NAME --query '[].appId')."""
    jobs_object_id: Guid | None = None
    """The same one's object id (az ad sp show --id APPLICATION_ID --query id); needed in profile whole, whose jobs
    track to Azure ML."""
    databricks_object_id: Guid | None = None
    """Object id of AzureDatabricks in the tenant (az ad sp show --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --query id);
    needed in profile whole, for the secret scope of the jobs."""
    repository: RepositoryUrl
    """Of the notebooks, such as https://github.com/ORGANISATION/NAME. One that is not public gets git_credentials
    afterwards (docs/databricks.md)."""
    branch: GitReference = "main"


class HubAnswers(SettingsModel):
    """The network that people and runners are in already, and that a private environment is peered with."""

    virtual_network_id: VirtualNetworkId
    """az network vnet show --query id."""
    address_space: Annotated[list[AddressRange], Field(min_length=1)]
    """az network vnet show --query addressSpace.addressPrefixes."""
    dns_zones_resource_group_id: Annotated[str, Field(pattern=f"^{RESOURCE_GROUP_ID_PATTERN}$")] | None = None
    """The resource group of the hub's private DNS zones. Default: the zones are created for this environment alone."""


class Answers(SettingsModel):
    """One environment."""

    environment: Annotated[str, Field(pattern=ENVIRONMENT_PATTERN)]
    """Name of the environment and of its stack: 2 to 8 lower-case letters and digits, such as dev."""
    profile: Profile
    """`ml`, `databricks`, `scoring` (Azure ML and a scoring cluster) or `whole` (all of these, and the lake)."""
    workload: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,9}$")]
    """The platform's purpose in one word, 2 to 10 lower-case letters and digits; it is part of every name, and never
    changes."""
    tenant_id: Guid
    """az account show --query tenantId."""
    subscription_id: Guid
    """az account show --query id."""
    region: RegionName
    """Such as westeurope (az account list-locations); it never changes."""
    owner: Email
    """The mailbox of the team that answers for the environment."""
    cost_center: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,20}$")]
    """Where the cost is booked."""
    data_classification: DataClassification = DataClassification.INTERNAL
    """The most sensitive data that the platform holds."""
    monthly_amount: Annotated[float, Field(gt=0)] | None = None
    """The budget of a month, in the subscription's currency. Default: 1000, and 3000 with scoring."""
    network: Literal["public", "private"] = "public"
    """`private`: no service answers on a public endpoint."""
    address_space: AddressRange | None = None
    """Of a private network: a /22 or wider that nobody else has, such as 10.60.0.0/20."""
    hub: HubAnswers | None = None
    """Of a private network."""
    scoring_host: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")] | None = None
    """The name in the scoring router's certificate, such as scoring.example.com; in the profiles scoring and whole."""
    groups: dict[Persona, Guid] = {}
    """Persona to the object id of its Entra group (az ad group show --group NAME --query id). `ci` is the pipeline's
    service principal."""
    databricks: DatabricksAnswers | None = None
    """In the profiles databricks and whole."""

    @property
    def budget(self) -> float:
        """A month's: what was answered, or what the profile needs in westeurope, rounded up."""
        return self.monthly_amount or (3000 if self.profile.has_scoring else 1000)

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.environment.startswith("prod"):
            yield Problem(
                "environment",
                f"is {self.environment}, and production needs more decisions: locks, backups, alerts, a "
                "private network; copy Pulumi.prod.yaml, or name a nonprod environment",
            )
        network, profile = f"network is {self.network}", f"profile is {self.profile}"
        yield from self._wanted(self.network == "private", network, ("address_space", "hub"))
        yield from self._wanted(self.profile.has_databricks, profile, ("databricks",))
        yield from self._wanted(self.profile.has_scoring, profile, ("scoring_host",))
        if self.profile is Profile.WHOLE and self.databricks is not None:
            for name in ("jobs_object_id", "databricks_object_id"):
                if getattr(self.databricks, name) is None:
                    yield Problem(f"databricks.{name}", f"is missing, and {profile}; give it")

    def _wanted(self, wanted: bool, why: str, names: tuple[str, ...]) -> Iterator[Problem]:  # noqa: FBT001
        """Each is given where it is wanted, and only there."""
        for name in names:
            given = getattr(self, name) is not None
            if wanted and not given:
                yield Problem(name, f"is missing, and {why}; give it")
            if given and not wanted:
                yield Problem(
                    name,
                    f"is given, but {why}, which does not use it; remove {name}, or change the other answer",
                )


class AnswersError(ValueError):
    """Refused answers; `problems` has a line for each, with the answer's name."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems

    @property
    def names(self) -> frozenset[str]:
        """Of the refused answers; an entry of a list by the list's name."""
        return frozenset(re.sub(r"\.\d+$", "", problem.partition(": ")[0]) for problem in self.problems)

    @property
    def listed(self) -> str:
        """For a terminal."""
        lines = "".join(f"  {problem}\n" for problem in self.problems)
        return f"{len(self.problems)} problem(s) in the answers:\n{lines}"


def read_answers(given: Mapping[str, object], today: date) -> Answers:
    """Raises `AnswersError` with every problem."""
    context = LoadingContext(today=today, resolve_secret=lambda text: text)
    try:
        return Answers.model_validate_json(json.dumps(given), strict=True, context=context)
    except ValidationError as error:
        raise AnswersError(tuple(sorted(set(_lines(error))))) from error


def _lines(error: ValidationError) -> Iterator[str]:
    for details in error.errors(include_url=False):
        path = ".".join(str(part) for part in details["loc"] if part != "[key]")
        cause = details.get("ctx", {}).get("error")
        if isinstance(cause, ModelProblemsError):
            prefix = f"{path}." if path else ""
            yield from (f"{prefix}{problem.path}: {problem.message}" for problem in cause.problems)
        elif cause is not None:
            yield f"{path}: {cause}"
        elif details["type"] == "extra_forbidden":
            known = DatabricksAnswers if path.startswith("databricks.") else Answers
            yield f"{path}: {unknown_key(path.rpartition('.')[2], known.model_fields)}"
        else:
            told = what_would_be_right(
                details["type"], details["input"], details.get("ctx", {}), details["msg"]
            )
            yield f"{path}: {re.sub('it is required$', 'give it', told)}"
