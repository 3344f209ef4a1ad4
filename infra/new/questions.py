"""The questions of a terminal, in order; what an answer rules out is not asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from infra.new.account import Account
from infra.new.answers import Profile
from infra.settings.access import Persona

Given = Mapping[str, object]


@dataclass(frozen=True)
class Question:
    """One answer. `name` is its path in an answers file; an empty answer is `default`, and left out where that is
    empty too."""

    name: str
    text: str
    default: str = ""
    wanted: Callable[[Given], bool] = lambda _given: True
    several: bool = False
    """A list, with commas between its entries."""


def _profile(given: Given) -> Profile | None:
    said = given.get("profile")
    return Profile(said) if isinstance(said, str) and said in list(Profile) else None


def _has_databricks(given: Given) -> bool:
    profile = _profile(given)
    return profile is not None and profile.has_databricks


def _has_scoring(given: Given) -> bool:
    profile = _profile(given)
    return profile is not None and profile.has_scoring


def _is_whole(given: Given) -> bool:
    return _profile(given) is Profile.WHOLE


def _is_private(given: Given) -> bool:
    return given.get("network") == "private"


def questions(account: Account | None) -> Iterator[Question]:
    """Everything that is asked; `account` answers what it can."""
    tenant, subscription = (account.tenant_id, account.subscription_id) if account else ("", "")
    yield Question("environment", "Name of the environment", "dev")
    yield Question("profile", f"Parts: {', '.join(Profile)}", Profile.ML)
    yield Question("workload", "What the platform is for, one short word that shows in every name")
    yield Question("tenant_id", "Tenant (az account show --query tenantId)", tenant)
    yield Question("subscription_id", "Subscription (az account show --query id)", subscription)
    yield Question("region", "Region", "westeurope")
    yield Question("owner", "Mailbox of the team that answers for it")
    yield Question("cost_center", "Cost center")
    yield Question("network", "Network: public or private", "public")
    yield Question("address_space", "Its address space, such as 10.60.0.0/20", wanted=_is_private)
    hub = "Id of the hub's virtual network (az network vnet show --query id)"
    yield Question("hub.virtual_network_id", hub, wanted=_is_private)
    yield Question(
        "hub.address_space", "The hub's ranges, such as 10.0.0.0/16", wanted=_is_private, several=True
    )
    zones = "Id of the resource group of the hub's private DNS zones; empty = zones of its own"
    yield Question("hub.dns_zones_resource_group_id", zones, wanted=_is_private)
    host = "Name in the scoring router's certificate, such as scoring.example.com"
    yield Question("scoring_host", host, wanted=_has_scoring)
    account_id = "Databricks account id (accounts.azuredatabricks.net, under your name)"
    yield Question("databricks.account_id", account_id, wanted=_has_databricks)
    owners = "Display name of the Entra group of all who deploy"
    yield Question("databricks.owner_group", owners, wanted=_has_databricks)
    jobs = "Application id of what jobs run as (az ad sp list --display-name NAME --query '[].appId')"
    yield Question("databricks.jobs_application_id", jobs, wanted=_has_databricks)
    jobs_object = "Its object id (az ad sp show --id APPLICATION_ID --query id)"
    yield Question("databricks.jobs_object_id", jobs_object, wanted=_is_whole)
    reader = (
        "Object id of AzureDatabricks (az ad sp show --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --query id)"
    )
    yield Question("databricks.databricks_object_id", reader, wanted=_is_whole)
    repository = "Repository of the notebooks, such as https://github.com/ORGANISATION/NAME"
    yield Question("databricks.repository", repository, wanted=_has_databricks)
    for persona in Persona:
        what = "service principal" if persona is Persona.CI else "Entra group"
        yield Question(f"groups.{persona}", f"Object id of the {what} {persona}; empty = nobody")


def ask_all(
    account: Account | None,
    ask: Callable[[str], str],
    given: dict[str, object] | None = None,
    only: Collection[str] | None = None,
) -> dict[str, object]:
    """The answers as an answers file has them; `ask` shows a prompt and gives one line, and may raise EOFError.

    `only` names the answers to ask again of those that are `given` already.
    """
    given = {} if given is None else given
    for question in questions(account):
        if not question.wanted(given) or (only is not None and question.name not in only):
            continue
        shown = f" [{question.default}]" if question.default else ""
        said = ask(f"{question.text}{shown}: ").strip() or question.default
        if said:
            _put(given, question, said)
    return given


def _put(given: dict[str, object], question: Question, said: str) -> None:
    value: object = [one.strip() for one in said.split(",")] if question.several else said
    area, _, name = question.name.rpartition(".")
    if not area:
        given[name] = value
        return
    below = given.setdefault(area, {})
    if isinstance(below, dict):
        below[name] = value
