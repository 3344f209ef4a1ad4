"""Who can reach which identity with which code: read from every workflow and pipeline file and the bootstrap's table.

What a file asks for is one half; the other is what the place that it names lets in (bootstrap/identities.py). A branch
can change the first half and not the second, so a job that asks for more than its place gives is refused here too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from bootstrap.identities import identities
from bootstrap.lent import LENT
from docs.azure_devops_reach import azure_devops_reaches
from docs.github_reach import github_reaches
from docs.identity_places import ASKED, Reach

_GITHUB = (".github/workflows/*.yml", ".github/workflows/*.yaml")
_AZURE_DEVOPS = (".azuredevops/**/*.yml", ".azuredevops/**/*.yaml")
_READ_FOLDERS = (".github", ".azuredevops")
_PIPELINE_KEYS = {"stages", "jobs", "steps", "extends"}


def all_reaches(root: Path) -> list[Reach]:
    """Of every file in the project, in the order of their paths."""
    found: list[Reach] = []
    for read, patterns in ((github_reaches, _GITHUB), (azure_devops_reaches, _AZURE_DEVOPS)):
        for path in _files(root, patterns):
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            found += read(str(path.relative_to(root)), document)
    return found


def _files(root: Path, patterns: tuple[str, ...]) -> list[Path]:
    under = [*patterns, *(f"templates/*/{pattern}" for pattern in patterns)]
    return sorted({path for pattern in under for path in root.glob(pattern)})


def pipelines_elsewhere(root: Path) -> Iterator[str]:
    """Azure DevOps takes a pipeline from any path: one where nobody looks is a way in that this page does not show."""
    looked_at = {*_files(root, _GITHUB), *_files(root, _AZURE_DEVOPS)}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name in _READ_FOLDERS or not name.startswith("."))
        for path in (Path(folder) / name for name in sorted(names) if name.endswith((".yml", ".yaml"))):
            if path not in looked_at and _is_pipeline(path):
                yield str(path.relative_to(root))


def _is_pipeline(path: Path) -> bool:
    documents = yaml.safe_load_all(path.read_text(encoding="utf-8"))
    return any(isinstance(one, dict) and _PIPELINE_KEYS & one.keys() for one in documents)


def identities_page(root: Path, written_by: str) -> str:
    """docs/pipeline-identities.md."""
    lines = [
        "# Who can be which identity",
        "",
        written_by,
        "",
        "This page lists every job that can become an identity of Azure, the code that it runs, and the place that",
        "lets it in. A workflow file requests an identity, and the rules of the place decide",
        "([bootstrap.md](bootstrap.md)): a branch can change the file, but not the rules. A fork's code gets no token",
        "on GitHub, and no stage with a service connection on Azure DevOps.",
        "",
        "| file | job or stage | started by | place | identity | code |",
        "|---|---|---|---|---|---|",
    ]
    for one in all_reaches(root):
        row = (f"`{one.path}`", f"`{one.job}`", one.asks, f"`{one.place}`", one.identity, one.code)
        lines.append("| " + " | ".join(row) + " |")
    lines += ["", "## The identities", ""]
    lines += [
        "| identity | for | GitHub environment | lets in | service connection | role | on | why |",
        "|" + "---|" * 8,
    ]
    for identity in identities(ASKED):
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
    lines += [*_lent_lines()]
    return "\n".join(lines) + "\n"


def _lent_lines() -> Iterator[str]:
    yield from (
        "",
        "## Roles from other teams",
        "",
        "These are roles on resources of other teams, where a stack uses them. The owners grant them, as the page",
        "says; the bootstrap neither gives nor removes them. `person` runs the first `up`.",
        "",
        "| on | role | to | why | page |",
        "|---|---|---|---|---|",
    )
    for lent in LENT:
        page = lent.page.removeprefix("docs/")
        yield f"| {lent.scope} | {lent.role} | {', '.join(lent.to)} | {lent.why} | [{page}]({page}) |"
