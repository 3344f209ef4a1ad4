"""Which environment a stack is, where it lives, who owns it, what it may cost, how it is protected."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.conventions.naming import Naming, NamingError
from infra.conventions.tags import DataClassification, TagError, build_tags
from infra.settings.base import Email, Guid, LoadingContext, Problem, RegionName, SettingsModel
from infra.settings.recovery_backup import LakeBackup


class EnvironmentKind(StrEnum):
    """The only difference between environments that code knows; everything else is a setting."""

    NONPROD = "nonprod"
    PROD = "prod"


class Ephemeral(SettingsModel):
    """The environment comes and goes: a branch's, a test's.

    Its names end in a hash of the stack's name and the nonce, since a deleted ML workspace, vault or Log Analytics
    workspace holds its name for days. Nothing stops `pulumi destroy`: no `protect`, no locks, no purge protection.
    """

    nonce: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=24)]
    """A value that differs in each life of the environment, such as a pull request's number and run
    (`pr-214-2`). Another nonce is another environment: change it only after `pulumi destroy`."""


class Environment(SettingsModel):
    """The workload and the environment: both show in every name, and both are tags."""

    workload: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,9}$")]
    """The platform's purpose in one word, 2 to 10 lower-case letters and digits, a letter first;
    immutable."""
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,7}$")]
    """The environment, 2 to 8 lower-case letters and digits; immutable. The stack has the same name."""
    kind: EnvironmentKind
    """`nonprod` or `prod`: which access table and policy configuration apply."""
    ephemeral: Ephemeral | None = None
    """Default: the environment is permanent."""

    @property
    def nonce(self) -> str:
        """What the names of this life of the environment are told apart by; empty for one that lasts."""
        return self.ephemeral.nonce if self.ephemeral else ""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.ephemeral and self.kind is EnvironmentKind.PROD:
            yield Problem("ephemeral", "is for nonprod only: prod lasts; remove it, or give kind: nonprod")
        try:
            Naming(workload=self.workload, environment=self.name, location="westeurope", unique_seed="")
        except NamingError as error:
            yield Problem("workload", str(error))


class Azure(SettingsModel):
    """The subscription is pinned: resource ids are computed from it before anything is deployed."""

    tenant_id: Guid
    """Entra tenant (az account show --query tenantId)."""
    subscription_id: Guid
    """Subscription of this environment (az account show --query id)."""
    location: RegionName
    """Region of every resource, for example westeurope; immutable."""


class Tags(SettingsModel):
    """The tags that every taggable resource carries, beside workload, environment and component."""

    owner: Email
    """The team's mailbox that answers for this environment."""
    cost_center: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,20}$")]
    """Where the cost is booked."""
    data_classification: DataClassification
    """The most sensitive data the platform holds."""
    extra: dict[str, str] = {}
    """Further tags, name to value."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        try:
            build_tags(
                workload="w",
                environment="e",
                owner=self.owner,
                cost_center=self.cost_center,
                data_classification=self.data_classification,
                extra=self.extra,
            )
        except TagError as error:
            yield Problem("extra", str(error))


class Budget(SettingsModel):
    """A monthly budget over the resource group and the groups that Databricks and AKS manage."""

    monthly_amount: Annotated[float, Field(gt=0)]
    """In the subscription's billing currency, a month."""
    contact_emails: Annotated[list[Email], Field(min_length=1, max_length=50)]
    """Who is told."""
    actual_thresholds: Annotated[list[Annotated[int, Field(ge=1, le=1000)]], Field(min_length=1)] = [80, 100]
    """Percent of the amount that has been spent."""
    forecast_thresholds: list[Annotated[int, Field(ge=1, le=1000)]] = [110]
    """Percent of the amount that the month is forecast to reach."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        # Microsoft.Consumption takes at most five notifications for one budget.
        count = len(set(self.actual_thresholds)) + len(set(self.forecast_thresholds))
        if count > 5:
            yield Problem("actual_thresholds", f"{count} thresholds in all; a budget takes at most 5")


class Recovery(SettingsModel):
    """Protection against loss."""

    protected: bool = True
    """`protect` on everything that holds state: `pulumi destroy` and replacements stop there."""
    locks: bool = True
    """Delete locks on storage, vault, registry and logs: nobody can delete them, not even an owner."""
    soft_delete_days: Annotated[int, Field(ge=7, le=90)] = 90
    """Days a deleted vault, blob, container or file share can be brought back (Key Vault takes 7 to 90)."""
    point_in_time_restore_days: Annotated[int, Field(ge=1, le=365)] | None = 30
    """Days back to which the ML workspace's blobs can be set as a whole; none = off. Fewer than
    soft_delete_days."""
    notebook_backup: bool = False
    """A daily backup of the file share that holds the notebooks, in a vault of its own. Of an existing storage account
    only, one that takes keys: Azure Backup needs the account's."""
    lake_backup: LakeBackup | None = None
    """A daily copy of the lake in a backup vault. Default: none. The policies ask for it in prod."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        days = self.point_in_time_restore_days
        if days is not None and days >= self.soft_delete_days:
            yield Problem(
                "point_in_time_restore_days",
                f"is {days}; blobs are kept for soft_delete_days {self.soft_delete_days}: give fewer, or null",
            )

    def in_(self, environment: Environment) -> Recovery:
        """What holds in `environment`: where it comes and goes nothing is kept, except for as long as was asked."""
        if environment.ephemeral is None:
            return self
        short: dict[str, object] = {"soft_delete_days": 7, "point_in_time_restore_days": None}
        asked = {name: getattr(self, name) for name in self.model_fields_set}
        return self.model_copy(update={**short, **asked, "protected": False, "locks": False})
