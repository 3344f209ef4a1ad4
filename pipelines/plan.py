"""What people approve and what is deployed are one thing: `python3 -m pipelines.plan kind|seal|check --stack NAME`.

`kind` says which of two it is, from the state. An *update plan* of the engine constrains `pulumi up` to the operations
and inputs that were planned. It cannot be made for a first deployment: explicit providers whose inputs are not known
yet are diffed without their defaults, and `up` would violate its own plan. There it is the *rehearsal*: the inventory
of the same commit, made again before `up`, must be the same (docs/decisions/0014-what-approvers-approve.md).

`seal` writes what was approved: commit, state, and the digest of the plan. `check` refuses anything else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_SECRET = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi marks a map as a special value; a secret's text is encrypted anew by every export
(pulumi sdk/go/common/resource/sig)."""


class Kind(StrEnum):
    """What is approved."""

    UPDATE_PLAN = "update_plan"
    REHEARSAL = "rehearsal"


class PlanError(Exception):
    """What is to be deployed is not what was approved; the text says what differs."""


@dataclass(frozen=True)
class Seal:
    """What was approved. `state`: the digest of what the plan starts from, which a plan itself does not hold."""

    stack: str
    kind: Kind
    commit: str
    state: str
    digest: str


@dataclass(frozen=True)
class Files:
    """Of one stack, in one folder."""

    folder: Path
    stack: str

    @property
    def seal(self) -> Path:
        """What was approved."""
        return self.folder / f"plan-{self.stack}.seal"

    def approved(self, kind: Kind) -> Path:
        """The engine's plan, or the rehearsal's inventory."""
        return self.folder / f"plan-{self.stack}.{'json' if kind is Kind.UPDATE_PLAN else 'rehearsal'}"

    @property
    def state(self) -> Path:
        """`pulumi stack export`, without secrets."""
        return self.folder / f"state-{self.stack}.json"

    @property
    def again(self) -> Path:
        """The inventory of the deploying job's own checkout."""
        return self.folder / f"deploy-{self.stack}.rehearsal"


def resources(state: Json) -> list[Json]:
    """Those of an export; none where nothing was deployed yet."""
    deployment = state.get("deployment") if isinstance(state, dict) else None
    listed = deployment.get("resources") if isinstance(deployment, dict) else None
    return listed if isinstance(listed, list) else []


def kind_of(state: Json) -> Kind:
    """A state that holds providers and components only is that of a stack which was never deployed."""
    deployed = [
        one
        for one in resources(state)
        if isinstance(one, dict) and one.get("custom") and not str(one.get("type")).startswith("pulumi:")
    ]
    return Kind.UPDATE_PLAN if deployed else Kind.REHEARSAL


def state_digest(state: Json) -> str:
    """The same for the same resources: times, and the form in which secrets are encrypted, are left out."""
    return _digest(json.dumps(_without_ciphertext(resources(state)), sort_keys=True).encode())


def seal(files: Files, kind: Kind, commit: str) -> Seal:
    """Writes it."""
    made = Seal(
        files.stack, kind, commit, state_digest(_read(files.state)), _file_digest(files.approved(kind))
    )
    files.seal.write_text(json.dumps(asdict(made), indent=2) + "\n", encoding="utf-8")
    return made


def check(files: Files, commit: str) -> Seal:
    """Raises PlanError where commit, state or plan are not those that were approved."""
    found = _read(files.seal)
    if not isinstance(found, dict):
        raise PlanError(f"{files.seal} is no seal")
    approved = Seal(
        str(found.get("stack")),
        Kind(str(found.get("kind"))),
        str(found.get("commit")),
        str(found.get("state")),
        str(found.get("digest")),
    )
    now = {"stack": files.stack, "commit": commit, "state": state_digest(_read(files.state))}
    now["digest"] = _file_digest(files.approved(approved.kind))
    if approved.kind is Kind.REHEARSAL:
        now["rehearsal"] = _file_digest(files.again)
    was = {**asdict(approved), "rehearsal": approved.digest}
    for name, value in now.items():
        if was[name] != value:
            raise PlanError(f"{name} is {value}, approved was {was[name]}: {_WHAT_NOW[name]}")
    return approved


_WHAT_NOW = {
    "stack": "the plan is another stack's",
    "commit": "deploy the commit that was planned, or plan again",
    "state": "something was deployed since; plan again",
    "digest": "the plan is not the one that was sealed",
    "rehearsal": "this checkout would deploy something else; plan again",
}


def up_options(files: Files, approved: Seal) -> str:
    """What `pulumi up` takes beside its own options."""
    return f"--plan {files.approved(approved.kind)}" if approved.kind is Kind.UPDATE_PLAN else ""


def summary(approved: Seal) -> str:
    """For the run's page, where people approve."""
    what = {
        Kind.UPDATE_PLAN: "`pulumi up` may do these operations and no other",
        Kind.REHEARSAL: "a first deployment: the same commit must rehearse to the same inventory",
    }
    return (
        f"## Plan of {approved.stack}\n\nCommit `{approved.commit}`, {what[approved.kind]}. "
        f"Digest `{approved.digest}`; the deployment prints the same one.\n\n"
    )


def main(arguments: Sequence[str]) -> int:
    """`kind` and `check` print one line for make; `seal` prints the summary's beginning."""
    parser = argparse.ArgumentParser(prog="python3 -m pipelines.plan")
    parser.add_argument("act", choices=["kind", "seal", "check"])
    parser.add_argument("--stack", required=True)
    parser.add_argument("--folder", type=Path, default=Path(".rehearsal"))
    parser.add_argument("--commit", default="")
    parser.add_argument("--kind", choices=[*Kind], default=None, help="instead of what the state says")
    chosen = parser.parse_args(arguments)
    files = Files(chosen.folder, chosen.stack)
    kind = Kind(chosen.kind) if chosen.kind else kind_of(_read(files.state))
    try:
        if chosen.act == "kind":
            print(kind)
        elif chosen.act == "seal":
            print(summary(seal(files, kind, chosen.commit)), end="")
        else:
            approved = check(files, chosen.commit)
            sys.stderr.write(f"approved: {approved.kind} {approved.digest} of {approved.commit}\n")
            print(up_options(files, approved))
    except (PlanError, OSError, ValueError) as error:
        sys.stderr.write(f"not deployed: {error}\n")
        return 1
    return 0


def _read(path: Path) -> Json:
    return json.loads(path.read_text(encoding="utf-8"))


def _file_digest(path: Path) -> str:
    return _digest(path.read_bytes())


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _without_ciphertext(value: Json) -> Json:
    if isinstance(value, dict):
        if _SECRET in value:
            return "secret"
        # An operation's own times: an export of the same state has them, a refresh changes them.
        return {
            key: _without_ciphertext(one) for key, one in value.items() if key not in ("created", "modified")
        }
    return [_without_ciphertext(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
