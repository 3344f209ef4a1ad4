"""What the command line asks for, refused before anything is asked of a service."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from bootstrap.lent import lent_in_words


class Kind(StrEnum):
    """As `mlplatform:environment: kind` of the stack."""

    NONPROD = "nonprod"
    PROD = "prod"


class Previews(StrEnum):
    """Who lets a branch's code run as the previewing identity, which can decrypt the state."""

    NONE = "none"
    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True)
class Options:
    """`repository` is GitHub's ORGANISATION/REPOSITORY, `project` Azure DevOps' ORGANISATION/PROJECT."""

    workload: str
    environment: str
    kind: Kind
    subscription: str
    location: str
    repository: str = ""
    project: str = ""
    reviewers: tuple[str, ...] = ()
    previews: Previews = Previews.NONE
    runner_group: str = ""
    notebooks: str = ""
    locks: bool = True
    may_write_custom_roles: bool = False
    dry_run: bool = False
    repair: bool = False
    home_subscription: str = ""
    hub_network: str = ""

    @property
    def home(self) -> str:
        """The subscription of state, key, identities and their logs."""
        return self.home_subscription or self.subscription

    @property
    def reviewed(self) -> bool:
        """Whether deployments wait for people: always in prod, elsewhere where somebody is named."""
        return bool(self.reviewers)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"bootstrap: {message}\n")
        sys.exit(1)


def parse(arguments: Sequence[str]) -> Options:
    """Exits with 1 and one sentence where an option is wrong."""
    parser = _parser()
    given = parser.parse_args(arguments)
    options = Options(
        workload=given.workload,
        environment=given.environment,
        kind=Kind(given.kind),
        subscription=given.subscription.lower(),
        location=given.location,
        repository=given.github,
        project=given.azure_devops,
        reviewers=tuple(given.reviewer),
        previews=Previews(given.previews),
        runner_group=given.runner_group,
        notebooks=given.notebooks,
        locks=not given.no_locks,
        may_write_custom_roles=given.may_write_custom_roles,
        dry_run=given.dry_run,
        repair=given.repair,
        home_subscription=given.home_subscription.lower(),
        hub_network=given.hub_network,
    )
    for wrong in _refusals(options):
        parser.error(wrong)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="bootstrap/bootstrap.sh",
        description="Make what is missing, tell what differs. Changes what differs with --repair only.",
        epilog="exit codes: 0 everything is as it should be; 1 wrong usage, or something could not be looked at or "
        "made; 3 something differs, or (--dry-run) would be made. Not made here, since other teams lend it where the "
        f"stack uses what is theirs: {lent_in_words()}.",
    )
    parser.add_argument("--workload", required=True, metavar="NAME", help="as in mlplatform:environment")
    parser.add_argument("--environment", required=True, metavar="NAME", help="the stack's name")
    parser.add_argument(
        "--kind", choices=[*Kind], default=Kind.PROD, help="of the environment (default: prod)"
    )
    parser.add_argument("--subscription", required=True, metavar="ID")
    parser.add_argument(
        "--home-subscription",
        default="",
        metavar="ID",
        help="of the state, its key and the identities, out of the deploying identity's reach (needed for prod)",
    )
    parser.add_argument(
        "--hub-network",
        default="",
        metavar="ID",
        help="network.hub.virtual_network_id of the stack, whose peering every preview reads",
    )
    parser.add_argument("--location", required=True, metavar="REGION")
    parser.add_argument("--github", default="", metavar="ORGANISATION/REPOSITORY")
    parser.add_argument("--azure-devops", default="", metavar="ORGANISATION/PROJECT")
    parser.add_argument(
        "--reviewer",
        action="append",
        default=[],
        metavar="WHO",
        help="who approves: a user or ORGANISATION/TEAM of GitHub, an id of Azure DevOps; repeat it",
    )
    parser.add_argument(
        "--previews",
        choices=[*Previews],
        default=Previews.NONE,
        help="real previews of pull requests: none (default), reviewed (each approved), unreviewed (nonprod)",
    )
    parser.add_argument(
        "--runner-group",
        default="",
        metavar="NAME",
        help="of GitHub: pinned to this repository's workflows on main; of Azure DevOps: the agent pool, held to main",
    )
    parser.add_argument(
        "--notebooks",
        default="",
        metavar="ORGANISATION/REPOSITORY",
        help="the notebooks' own repository (Azure DevOps: its project), whose jobs sync the git folders",
    )
    parser.add_argument("--no-locks", action="store_true", help="the stack sets recovery.locks: false")
    parser.add_argument(
        "--may-write-custom-roles", action="store_true", help="the deploying identity defines roles"
    )
    parser.add_argument("--dry-run", action="store_true", help="look, and print what would be run")
    parser.add_argument("--repair", action="store_true", help="change what differs, too")
    return parser


_GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NETWORK = rf"/subscriptions/{_GUID}/resourceGroups/[^/]+/providers/Microsoft.Network/virtualNetworks/[^/]+"
_OWNER_AND_NAME = r"[A-Za-z0-9][\w. -]*/[\w. -]+"


def _refusals(options: Options) -> list[str]:
    forms = (
        (
            options.workload,
            r"[a-z][a-z0-9]{1,9}",
            "--workload: give 2 to 10 lower-case letters and digits, a letter first",
        ),
        (
            options.environment,
            r"[a-z][a-z0-9]{1,7}",
            "--environment: give 2 to 8 lower-case letters and digits, a letter first",
        ),
        (
            options.subscription,
            _GUID,
            "--subscription: give its id (az account show --query id)",
        ),
        (
            options.home,
            _GUID,
            "--home-subscription: give its id (az account list)",
        ),
        (
            options.hub_network,
            rf"({_NETWORK})?",
            "--hub-network: give the network's id (az network vnet show --query id)",
        ),
        (
            options.location,
            r"[a-z0-9]+",
            "--location: give a region, such as westeurope (az account list-locations)",
        ),
        (options.repository or "a/b", _OWNER_AND_NAME, "--github: give ORGANISATION/REPOSITORY"),
        (options.project or "a/b", _OWNER_AND_NAME, "--azure-devops: give ORGANISATION/PROJECT"),
        (options.notebooks or "a/b", _OWNER_AND_NAME, "--notebooks: give ORGANISATION/REPOSITORY"),
    )
    refused = [message for text, form, message in forms if not re.fullmatch(form, text)]
    if len(options.workload) + len(options.environment) > 14:
        refused.append("--workload and --environment: at most 14 characters together")
    if bool(options.repository) is bool(options.project):
        refused.append("give --github or --azure-devops, one of the two")
    if options.kind is Kind.PROD and options.previews is Previews.UNREVIEWED:
        refused.append(
            "--previews unreviewed is for nonprod: a branch's code would read prod's secrets. Give reviewed"
        )
    if options.kind is Kind.PROD and options.home == options.subscription:
        refused.append(
            "--home-subscription: give a subscription other than prod's own, where the deploying identity holds no "
            "role: it is Contributor of its own, and could trust other jobs as itself or delete the state"
        )
    if options.kind is Kind.PROD and not options.reviewers:
        refused.append("--reviewer: say who approves deployments of a prod environment")
    if options.previews is Previews.REVIEWED and not options.reviewers:
        refused.append("--reviewer: say who approves real previews")
    return refused
