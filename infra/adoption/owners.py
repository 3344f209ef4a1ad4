"""Who is named in files beside the stacks: reviewers, and the owners of waivers."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from infra.adoption.finding import Left, UnreadableError
from infra.adoption.stack_files import placeholders_of
from pulumi_stack_files.document import read_yaml
from pulumi_stack_files.errors import StackFileError

CODE_OWNERS = ".github/CODEOWNERS"
WAIVERS = "policies/waivers.yaml"


def reviewers_left(project: Path) -> Iterator[Left]:
    """Example teams in CODEOWNERS; nothing where the repository is not on GitHub."""
    path = project / CODE_OWNERS
    if not path.is_file():
        return
    lines = [line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    teams = {found for line in lines for found in placeholders_of(line)}
    if teams:
        yield Left(CODE_OWNERS, "", f"names teams of {', '.join(sorted(teams))}; name yours")


def waivers_left(project: Path, stacks: Collection[str], today: datetime.date) -> Iterator[Left]:
    """Waivers of others: of a stack that is not there, of an owner who is an example, past their day."""
    for number, waiver in enumerate(_waivers(project / WAIVERS), 1):
        rule, resource = str(waiver.get("rule")), str(waiver.get("resource"))
        place = f"waiver {number}, {rule}"
        stack = resource.partition("/")[0]
        if not any(fnmatchcase(name, stack) for name in stacks):
            yield Left(WAIVERS, place, f"is for stack {stack}, which has no file; take it out")
        if any(placeholders_of(str(waiver.get("owner")))):
            yield Left(
                WAIVERS,
                place,
                f"is owned by {waiver.get('owner')}; say who of you answers for it, or take it out",
            )
        expires = str(waiver.get("expires"))
        if expires < today.isoformat():
            yield Left(WAIVERS, place, f"ended on {expires}; renew it with a fresh reason, or take it out")


def _waivers(path: Path) -> Iterator[Mapping[str, object]]:
    if not path.is_file():
        return
    try:
        content = read_yaml(path)
    except StackFileError as error:
        raise UnreadableError(f"{WAIVERS}:{error.line}: {error.problem}") from error
    if isinstance(content, list):
        yield from (one for one in content if isinstance(one, dict))
