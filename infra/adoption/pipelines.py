"""The environments that pipelines walk, and the secrets that they hand over: as the stack files say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.adoption.finding import Left, UnreadableError
from infra.adoption.stack_files import settings_in
from pulumi_stack_files.document import read_yaml
from pulumi_stack_files.errors import StackFileError

ENVIRONMENTS = "environments.json"
_LISTS = {
    "deploy.yml": {"name": "name", "policy_pack_config": "policyPackConfig", "runner": "runner"},
    "pull-request.yml": {"name": "name", "policy_pack_config": "policyPackConfig", "runner": "runner"},
    "drift.yml": {"name": "name", "runner": "runner"},
    "sync-git-folders.yml": {"name": "name", "runner": "runner"},
}
"""Azure DevOps cannot read a file for its stages: a pipeline's list, and what its keys are there."""

_HANDED_OVER = (".github/workflows/deploy.yml", ".azuredevops/steps.yml")
"""Where a stack's secrets are named for its deployment."""

_SECRET = re.compile(r"\benv:([A-Za-z_]\w*)")

Environment = Mapping[str, object]


def environments_left(project: Path, stacks: Mapping[str, Path]) -> Iterator[Left]:
    """`environments.json` against the stack files."""
    environments = environments_in(project)
    named = [str(one.get("name")) for one in environments]
    for stack in stacks.keys() - set(named):
        yield Left(
            ENVIRONMENTS, stack, f"is missing, so that no pipeline deploys Pulumi.{stack}.yaml; add it"
        )
    for name, environment in zip(named, environments, strict=True):
        if name not in stacks:
            yield Left(
                ENVIRONMENTS, name, f"has no stack file Pulumi.{name}.yaml; write it, or take the entry out"
            )
            continue
        settings = settings_in(stacks[name])
        right = f"policies/{_of(settings, 'environment', 'kind')}.json"
        if environment.get("policy_pack_config") != right:
            yield Left(
                ENVIRONMENTS, name, f"is judged by {environment.get('policy_pack_config')}; give {right}"
            )
        private = _of(settings, "network", "mode") == "private"
        if private and "runner" not in environment:
            yield Left(ENVIRONMENTS, name, "is private, and no runner is named that reaches it; give runner")
        if not private and "runner" in environment:
            yield Left(ENVIRONMENTS, name, "is public, and names a runner; take runner out")


def lists_left(project: Path) -> Iterator[Left]:
    """The lists of Azure DevOps' pipelines against `environments.json`; nothing where the folder is gone."""
    environments = environments_in(project)
    for name, keys in _LISTS.items():
        path = project / ".azuredevops" / name
        if not path.is_file():
            continue
        wanted = [{keys[key]: one[key] for key in keys if key in one} for one in environments]
        if _listed(path) != wanted:
            yield Left(
                f".azuredevops/{name}",
                "parameters",
                f"lists other environments than {ENVIRONMENTS}; give {wanted}",
            )


def secrets_left(project: Path, stacks: Mapping[str, Path]) -> Iterator[Left]:
    """Secrets that a stack names, and that no pipeline hands to its deployment."""
    for file in _HANDED_OVER:
        path = project / file
        if not path.is_file():
            continue
        given = path.read_text(encoding="utf-8")
        for stack, stack_file in stacks.items():
            for name in sorted(set(_SECRET.findall(stack_file.read_text(encoding="utf-8")))):
                if not re.search(rf"\b{name}\b", given):
                    yield Left(file, name, f"is not handed over, and Pulumi.{stack}.yaml names it; add it")


def environments_in(project: Path) -> list[Environment]:
    """The entries of `environments.json`. Raises `UnreadableError`."""
    path = project / ENVIRONMENTS
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableError(f"{ENVIRONMENTS}: {error.strerror}") from error
    except ValueError as error:
        raise UnreadableError(f"{ENVIRONMENTS}: not JSON: {error}") from error
    if not isinstance(content, list) or not all(isinstance(one, dict) and "name" in one for one in content):
        raise UnreadableError(
            f"{ENVIRONMENTS}: must be a list of maps, each with name and policy_pack_config"
        )
    return content


def _listed(path: Path) -> object:
    """The default of the pipeline's first parameter, which is its list of environments."""
    try:
        content = read_yaml(path)
    except StackFileError as error:
        raise UnreadableError(f"{path.name}:{error.line}: {error.problem}") from error
    parameters = content.get("parameters") if isinstance(content, dict) else None
    first = parameters[0] if isinstance(parameters, list) and parameters else None
    return first.get("default") if isinstance(first, dict) else None


def _of(settings: Mapping[str, object], area: str, key: str) -> object:
    found = settings.get(area)
    return found.get(key) if isinstance(found, Mapping) else None
