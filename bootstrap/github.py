"""GitHub: environments and who may use them, before anything trusts their jobs; a runner group pinned to main."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from azure_facts.federated_subjects import GITHUB_ISSUER, github_subject
from bootstrap.access import Trust
from bootstrap.commands import CannotError, Command, Json, Shell, field, items, text
from bootstrap.identities import MAIN
from bootstrap.piece import MISSING, Look

_WORKFLOWS = Path(__file__).parents[1] / ".github/workflows"
_BRANCHES_BY_NAME: Json = {"protected_branches": False, "custom_branch_policies": True}


@dataclass(frozen=True)
class Repository:
    """ORGANISATION/NAME."""

    name: str

    def trust(self, shell: Shell, environment: str) -> Trust:
        """What jobs of the environment have in their token. Which form the repository writes, only GitHub knows."""
        path = f"repos/{self.name}/actions/oidc/customization/sub"
        found = shell.look("gh", "api", path)
        if field(found, "use_default") is not True:
            raise CannotError(
                f"{self.name} writes subjects of its own (GET /{path}: use_default is not true): which place they name "
                "is not known. Set use_default back to true"
            )
        prefix = text(found, "sub_claim_prefix")
        if not prefix and field(found, "use_immutable_subject") is True:
            raise CannotError(
                f"GET /{path} names no sub_claim_prefix, and the subject holds the repository's number"
            )
        return Trust(GITHUB_ISSUER, github_subject(prefix or f"repo:{self.name}", environment))


def names_of_secrets() -> tuple[str, ...]:
    """What the workflows take from the secrets of their environments."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_WORKFLOWS.glob("*.y*ml"))]
    found = {name for text in texts for name in re.findall(r"secrets\.(\w+)", text)}
    return tuple(sorted(found - {"GITHUB_TOKEN"}))


@dataclass(frozen=True)
class RepositorySecrets:
    """Deployments' secrets are secrets of their environments: one of the repository or of the organisation is handed to
    every branch's workflow. Which value is right only people know, so they take it away."""

    repository: Repository
    secrets: tuple[str, ...]
    needs: tuple[str, ...] = ()
    name: str = "secrets of every branch"

    def look(self, shell: Shell) -> Look:
        """By name; no value can be read."""
        repository = self.repository.name
        found = {
            f"{text(one, 'name')} is a secret of the {owner}: make it one of the environments, and delete it there"
            for owner, path in (("repository", "secrets"), ("organisation", "organization-secrets"))
            for one in items(
                shell.look("gh", "api", f"repos/{repository}/actions/{path}?per_page=100"), "secrets"
            )
            if text(one, "name") in self.secrets
        }
        return Look(there=True, differences=tuple(sorted(found)))

    def make(self, shell: Shell) -> list[Command]:
        """Never asked for."""
        return []

    def repair(self, shell: Shell) -> list[Command]:
        """Only people do."""
        return []


@dataclass(frozen=True)
class Environment:
    """Who may use a place: runs of `reference` only, after one of `reviewers` said so where it is reviewed.

    A job that names an environment which is not there makes one without any rule; so it is made here, first.
    """

    repository: Repository
    place: str
    reference: str
    reviewed: bool
    reviewers: tuple[str, ...]
    of: str = ""
    """Told in its name where it is another repository's."""
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As other pieces need it."""
        return f"GitHub environment {self.place}{self.of}"

    def look(self, shell: Shell) -> Look:
        """Branches, reviewers, and whether administrators go round them."""
        found = shell.look("gh", "api", self._path)
        if found is None:
            return MISSING
        return Look(
            there=True, differences=(*self._wrong_rules(shell, found), *self._wrong_branches(shell, found))
        )

    def make(self, shell: Shell) -> list[Command]:
        """The rules, then the branch."""
        return [self._put(shell, None), self._post_branch()]

    def repair(self, shell: Shell) -> list[Command]:
        """GitHub takes the rules as a whole: a wait timer that somebody set is sent back with them."""
        found = shell.look("gh", "api", self._path)
        policy_wrong = field(found, "deployment_branch_policy") != _BRANCHES_BY_NAME
        commands = [self._put(shell, found)] if policy_wrong or list(self._wrong_rules(shell, found)) else []
        branches = self._branches(shell)
        commands += [
            ("gh", "api", "--method", "DELETE", f"{self._branches_path}/{field(one, 'id')}")
            for one in branches
            if text(one, "name") != self.reference
        ]
        if self.reference not in [text(one, "name") for one in branches]:
            commands.append(self._post_branch())
        return commands

    @property
    def _path(self) -> str:
        return f"repos/{self.repository.name}/environments/{quote(self.place, safe='')}"

    @property
    def _branches_path(self) -> str:
        return f"{self._path}/deployment-branch-policies"

    def _branches(self, shell: Shell) -> list[Json]:
        return items(shell.look("gh", "api", f"{self._branches_path}?per_page=100"), "branch_policies")

    def _wrong_branches(self, shell: Shell, found: Json) -> list[str]:
        if field(found, "deployment_branch_policy") != _BRANCHES_BY_NAME:
            return [f"it is not limited to {self.reference}: any branch, or any protected one, may use it"]
        named = [text(one, "name") for one in self._branches(shell)]
        return [] if named == [self.reference] else [f"{named} may use it, not only {self.reference}"]

    def _wrong_rules(self, shell: Shell, found: Json) -> list[str]:
        wrong: list[str] = []
        if self.reviewed:
            rule = _rule(found, "required_reviewers")
            there = {_reviewer(one) for one in items(rule, "reviewers")}
            wanted = {(kind, number) for kind, number in self._wanted(shell)}
            if there != wanted:
                wrong.append(f"its reviewers are {sorted(there) or 'nobody'}, not {sorted(wanted)}")
            if rule is not None and field(rule, "prevent_self_review") is not True:
                wrong.append("who started a run may approve it")
            if field(found, "can_admins_bypass") is not False:
                wrong.append("administrators may go round its rules")
        elif _rule(found, "required_reviewers") is not None and self.reference == MAIN:
            wrong.append("it waits for reviewers, who would hold every night and every plan back")
        return wrong

    def _wanted(self, shell: Shell) -> list[tuple[str, int]]:
        return [_identify(shell, who) for who in self.reviewers]

    def _put(self, shell: Shell, found: Json) -> Command:
        timer = field(_rule(found, "wait_timer"), "wait_timer")
        bypass = not self.reviewed and field(found, "can_admins_bypass") is not False
        reviewers = self._wanted(shell) if self.reviewed else []
        if not self.reviewed and self.reference != MAIN:
            # Somebody may review more than was asked for, where nothing waits in vain.
            reviewers = [_reviewer(one) for one in items(_rule(found, "required_reviewers"), "reviewers")]
        fields: list[str] = [
            f"wait_timer={timer if isinstance(timer, int) else 0}",
            f"prevent_self_review={json.dumps(self.reviewed)}",
            f"can_admins_bypass={json.dumps(bypass)}",
            "deployment_branch_policy[protected_branches]=false",
            "deployment_branch_policy[custom_branch_policies]=true",
        ]
        for kind, number in reviewers:
            fields += [f"reviewers[][type]={kind}", f"reviewers[][id]={number}"]
        if not reviewers:
            fields.append("reviewers=null")
        return (
            "gh",
            "api",
            "--method",
            "PUT",
            self._path,
            *(part for one in fields for part in ("--field", one)),
        )

    def _post_branch(self) -> Command:
        named = ("--raw-field", f"name={self.reference}", "--raw-field", "type=branch")
        return ("gh", "api", "--method", "POST", self._branches_path, *named)


@dataclass(frozen=True)
class RunnerGroup:
    """Machines in the platform's network take jobs of this repository's workflows on main, and of nothing else."""

    repository: Repository
    group: str
    workflows: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As the report shows it."""
        return f"runner group {self.group}"

    def look(self, shell: Shell) -> Look:
        """A group that is not there is not made: its machines come first."""
        found = self._found(shell)
        if found is None:
            raise CannotError(
                f"the organisation has no runner group {self.group}: make it, with its machines"
            )
        wrong = [] if field(found, "restricted_to_workflows") is True else ["any workflow's jobs run there"]
        named = sorted(str(one) for one in items(found, "selected_workflows"))
        if named != sorted(self._pinned):
            wrong.append(f"its workflows are {named}, not {sorted(self._pinned)}")
        if text(found, "visibility") != "selected":
            wrong.append(
                f"its machines are open to {text(found, 'visibility')} repositories, not to selected ones"
            )
        if field(found, "allows_public_repositories") is True:
            wrong.append("public repositories may use it")
        return Look(there=True, differences=tuple(wrong))

    def make(self, shell: Shell) -> list[Command]:
        """Never asked for: `look` says what to do."""
        return []

    def repair(self, shell: Shell) -> list[Command]:
        """Which repositories it is open to, people choose; that it is chosen, not."""
        number = field(self._found(shell), "id")
        fields = ["restricted_to_workflows=true", "allows_public_repositories=false", "visibility=selected"]
        fields += [f"selected_workflows[]={one}" for one in self._pinned]
        options = [part for one in fields for part in ("--field", one)]
        return [("gh", "api", "--method", "PATCH", f"{self._path}/{number}", *options)]

    @property
    def _path(self) -> str:
        return f"orgs/{self.repository.name.split('/')[0]}/actions/runner-groups"

    @property
    def _pinned(self) -> list[str]:
        return [f"{self.repository.name}/.github/workflows/{one}@refs/heads/main" for one in self.workflows]

    def _found(self, shell: Shell) -> Json:
        groups = items(shell.look("gh", "api", f"{self._path}?per_page=100"), "runner_groups")
        return next((one for one in groups if text(one, "name") == self.group), None)


def _rule(environment: Json, kind: str) -> Json:
    return next((one for one in items(environment, "protection_rules") if text(one, "type") == kind), None)


def _reviewer(rule: Json) -> tuple[str, int]:
    number = field(rule, "reviewer", "id")
    return text(rule, "type"), number if isinstance(number, int) else 0


def _identify(shell: Shell, who: str) -> tuple[str, int]:
    """A user's name, or ORGANISATION/TEAM."""
    organisation, _, team = who.partition("/")
    path = f"orgs/{organisation}/teams/{team}" if team else f"users/{who}"
    number = field(shell.look("gh", "api", path), "id")
    if not isinstance(number, int):
        raise CannotError(f"--reviewer: GitHub knows no {'team' if team else 'user'} {who}")
    return ("Team" if team else "User"), number
