"""Who can reach which identity with which code: read from every workflow and pipeline file and the bootstrap's table.

What a file asks for is one half; the other is what the place that it names lets in (bootstrap/identities.py). A branch
can change the first half and not the second, so a job that asks for more than its place gives is refused here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from bootstrap.identities import MAIN, Identity, identities
from bootstrap.options import Kind, Options, Previews

Node: TypeAlias = Any
"""A node of a YAML file, of any shape."""

_ENVIRONMENT = "${{ matrix.environment.name }}"
_PIPELINE_ENVIRONMENT = "${{ environment.name }}"
_OWN_CODE = "main"


@dataclass(frozen=True)
class Place:
    """What lets a job become an identity. `reference` is what its rules let in."""

    name: str
    connection: str
    identity: str
    reference: str


def places() -> tuple[Place, ...]:
    """Of the platform's repository, and of the notebooks' own."""
    asked = Options("w", "ENVIRONMENT", Kind.PROD, "", "", "o/r", "", ("somebody",), Previews.REVIEWED)
    return (
        *(_place(identity) for identity in identities(asked)),
        Place("smoke", "notebooks-smoke", "smoke (notebooks)", "refs/pull/*/merge"),
        Place("", "notebooks-sync-ENVIRONMENT", "deploy (notebooks)", MAIN),
    )


def _place(identity: Identity) -> Place:
    return Place(identity.place, identity.connection, identity.purpose, identity.reference)


@dataclass(frozen=True)
class Reach:
    """One job that can become an identity, and by whose code. `refused`: why it must not be so; empty where it may."""

    path: str
    job: str
    asks: str
    place: str
    identity: str
    code: str
    refused: tuple[str, ...] = ()


def github_reaches(path: str, workflow: Mapping[Node, Node]) -> Iterator[Reach]:
    """The jobs that ask for a token."""
    # YAML 1.1 reads `on` as a truth value.
    started = workflow.get("on", workflow.get(True))
    triggers = [started] if isinstance(started, str) else list(started or [])
    for name, job in workflow["jobs"].items():
        rights = job.get("permissions", workflow.get("permissions"))
        if rights == "write-all" or (isinstance(rights, dict) and rights.get("id-token") == "write"):
            yield _github_reach(path, str(name), job, triggers)


def _github_reach(path: str, name: str, job: Mapping[str, Node], triggers: list[str]) -> Reach:
    asked = job.get("environment") or ""
    asked = str(asked.get("name") if isinstance(asked, dict) else asked).replace(_ENVIRONMENT, "ENVIRONMENT")
    known = next((one for one in places() if one.name and one.name in (asked, _as_template(asked))), None)
    pulled = any(one.startswith("pull_request") for one in triggers)
    refused: list[str] = []
    if not asked:
        refused.append(
            "asks for a token outside any environment: every job of its event has the same subject"
        )
    elif known is None:
        refused.append(f"names the environment {asked}, which the bootstrap's table does not have")
    elif pulled and known.reference == MAIN:
        refused.append(f"a pull request's code asks to be {known.identity}: its place is main's")
    if "pull_request_target" in triggers:
        refused.append("pull_request_target runs with main's rights on a stranger's event")
    if pulled and "secrets." in str(job):
        refused.append("a pull request's code is handed secrets")
    refused += _foreign_variables(job, known)
    code = _code(triggers, known.reference if known else "")
    return Reach(
        path, name, ", ".join(triggers), asked, known.identity if known else "?", code, tuple(refused)
    )


def _as_template(asked: str) -> str:
    return re.sub(r"^(dev|prod)$", "ENVIRONMENT", asked)


def _foreign_variables(job: Mapping[str, Node], known: Place | None) -> Iterator[str]:
    """A client id comes from the job's own environment, so that no job names another's identity."""
    for found in sorted(set(re.findall(r"vars\.(\w*CLIENT_ID)", str(job)))):
        gate = known is not None and known.identity == "gate" and found.endswith("_GATE_CLIENT_ID")
        if found != "AZURE_CLIENT_ID" and not gate:
            yield f"{found} is not a variable of its own environment"
    if "vars[" in str(job):
        yield "a variable's name is put together: which identity it is, nobody can read"


def _code(triggers: list[str], reference: str) -> str:
    """Whose code can run: what starts the workflow, cut down to what the place lets in. A fork is given no token."""
    if reference == MAIN:
        return _OWN_CODE
    if any(one.startswith("pull_request") for one in triggers):
        return "a branch of the repository, merged with main" if reference else "any branch, any pull request"
    return "any branch"


def azure_devops_reaches(path: str, pipeline: Mapping[str, Node]) -> Iterator[Reach]:
    """The stages that name a service connection, those inside template expressions too."""
    for stage in _stages(pipeline.get("stages", [])):
        found = re.findall(r"'(?:serviceConnection|azureSubscription)': '([^']+)'", str(stage))
        for named in dict.fromkeys(found):
            yield _azure_devops_reach(path, stage, named, pipeline)


def _azure_devops_reach(
    path: str, stage: Mapping[str, Node], named: str, pipeline: Mapping[str, Node]
) -> Reach:
    asked = named.replace(_PIPELINE_ENVIRONMENT, "ENVIRONMENT")
    template = re.sub(r"-(dev|prod)$", "-ENVIRONMENT", asked)
    known = next((one for one in places() if one.connection in (asked, template)), None)
    pulled = isinstance(pipeline.get("pr"), dict)
    refused: list[str] = []
    if known is None:
        refused.append(f"names the service connection {asked}, which the bootstrap's table does not have")
    elif pulled and known.reference == MAIN:
        refused.append(f"a pull request's pipeline names {asked}, whose checks let main in only")
    if pulled and "IsFork" not in str(stage.get("condition")):
        refused.append("a fork's pull request starts the stage")
    if pulled and re.search(r"'group': 'platform-(?!preview-)", str(stage)):
        refused.append("a pull request's code is handed the variable group of deployments")
    started = (
        "pull request" if pulled else "main, by hand" if pipeline.get("trigger") != "none" else "by hand"
    )
    started = "every night, by hand" if "schedules" in pipeline else started
    code = _OWN_CODE if known and known.reference == MAIN else "a branch of the repository, merged with main"
    identity = known.identity if known else "?"
    return Reach(path, str(stage["stage"]), started, asked, identity, code, tuple(refused))


def _stages(listed: Node) -> Iterator[Mapping[str, Node]]:
    for one in listed:
        if "stage" in one:
            yield one
        else:
            for inner in one.values():
                yield from _stages(inner)


def all_reaches(root: Path) -> list[Reach]:
    """Of every file in the project, in the order of their paths."""
    found: list[Reach] = []
    for pattern in (".github/workflows/*.yml", ".azuredevops/*.yml"):
        for path in sorted([*root.glob(pattern), *root.glob(f"templates/*/{pattern}")]):
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            read = github_reaches if ".github" in path.parts else azure_devops_reaches
            found += read(str(path.relative_to(root)), document)
    return found


def identities_page(root: Path, written_by: str) -> str:
    """docs/pipeline-identities.md."""
    lines = [
        "# Who can be which identity",
        "",
        written_by,
        "",
        "Every job that can become an identity of Azure, whose code it then runs, and which place lets it in. The",
        "files ask; the rules of the place decide ([bootstrap.md](bootstrap.md)), and a branch can change the files",
        "only. A fork's code gets no token on GitHub, and no stage with a service connection on Azure DevOps.",
        "",
        "| file | job or stage | started by | place | identity | code |",
        "|---|---|---|---|---|---|",
    ]
    for one in all_reaches(root):
        row = (f"`{one.path}`", f"`{one.job}`", one.asks, f"`{one.place}`", one.identity, one.code)
        lines.append("| " + " | ".join(row) + " |")
    lines += ["", "## The identities", ""]
    asked = Options("w", "ENVIRONMENT", Kind.PROD, "", "", "o/r", "", ("somebody",), Previews.REVIEWED)
    lines += [
        "| identity | for | GitHub environment | lets in | service connection | role | on | why |",
        "|" + "---|" * 8,
    ]
    for identity in identities(asked):
        reviewed = ", after somebody's approval" if identity.reviewed else ""
        who = (
            identity.purpose,
            identity.what_for,
            f"`{identity.place}`",
            f"`{identity.reference}`{reviewed}",
        )
        for place, held in enumerate(identity.roles):
            first = (*who, f"`{identity.connection}`") if place == 0 else ("", "", "", "", "")
            under = ", under a condition" if held.condition else ""
            lines.append("| " + " | ".join((*first, f"{held.role}{under}", str(held.scope), held.why)) + " |")
    return "\n".join(lines) + "\n"
