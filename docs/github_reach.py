"""The jobs of a GitHub workflow that become an identity, and the ways by which code that nobody reviewed could."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bootstrap.identities import MAIN
from docs.identity_places import BRANCH, Node, Place, Reach, fetches_code, places

_MATRIX_NAME = "${{ matrix.environment.name }}"
_LISTS = ("${{ fromJson(needs.environments.outputs.list) }}",)
"""Where a matrix has its environments from: environments.json of the commit that runs."""

_RUNNER = "${{ matrix.environment.runner || 'ubuntu-24.04' }}"
_HOSTED = re.compile(r"(ubuntu|windows|macos)-[\w.-]+")
_MAINS = ("", "main", "${{ github.event.repository.default_branch }}", "${{ github.sha }}")
_OTHERS_WORDS = re.compile(
    r"\$\{\{[^}]*\b(inputs\.|github\.(event\.|head_ref|ref_name|base_ref)|steps\.[^}]*changed)[^}]*\}\}"
)
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class _Workflow:
    path: str
    document: Mapping[Node, Node]

    @property
    def triggers(self) -> Mapping[str, Node]:
        # YAML 1.1 reads `on` as a truth value.
        started = self.document.get("on", self.document.get(True)) or {}
        if isinstance(started, str):
            return {started: None}
        return dict.fromkeys(started) if isinstance(started, list) else started

    @property
    def pulled(self) -> bool:
        """Whether it runs a pull request's code, or in its name."""
        return any(one.startswith("pull_request") for one in self.triggers)

    @property
    def anybody_s(self) -> list[str]:
        """Events that start main's code on what a stranger did."""
        wide = (
            "issue",
            "discussion",
            "fork",
            "watch",
            "workflow_run",
            "pull_request_target",
            "pull_request_review",
        )
        return [one for one in self.triggers if one.startswith(wide)]

    @property
    def branches_push(self) -> bool:
        """Whether a push to any branch but main starts it."""
        if "push" not in self.triggers:
            return False
        push = self.triggers["push"]
        return not (isinstance(push, dict) and (push.get("branches") == ["main"] or list(push) == ["tags"]))


def github_reaches(path: str, document: Mapping[Node, Node]) -> Iterator[Reach]:
    """The jobs that ask for a token, and those in which something is refused."""
    workflow = _Workflow(path, document)
    for name, job in document["jobs"].items():
        reach = _Job(workflow, str(name), job).reach()
        if reach is not None:
            yield reach


@dataclass(frozen=True)
class _Job:
    workflow: _Workflow
    name: str
    job: Mapping[str, Node]

    @property
    def asks(self) -> bool:
        """Whether it may have a token; a right that the workflow gives is every job's that does not say otherwise."""
        rights = self.job.get("permissions", self.workflow.document.get("permissions"))
        return rights == "write-all" or (isinstance(rights, dict) and rights.get("id-token") == "write")

    @property
    def environment(self) -> str:
        asked = self.job.get("environment") or ""
        asked = str(asked.get("name") if isinstance(asked, dict) else asked)
        return asked.replace(_MATRIX_NAME, "ENVIRONMENT")

    @property
    def place(self) -> Place | None:
        asked = self.environment
        template = re.sub(r"^(dev|prod)$", "ENVIRONMENT", asked)
        return next((one for one in places() if one.name and one.name in (asked, template)), None)

    def reach(self) -> Reach | None:
        refused = tuple(
            dict.fromkeys([*self._by_place(), *self._by_event(), *self._by_code(), *self._by_words()])
        )
        if not self.asks and not refused:
            return None
        known = self.place
        identity = known.identity if known else "?" if self.asks else "none"
        started = ", ".join(self.workflow.triggers)
        return Reach(
            self.workflow.path, self.name, started, self.environment, identity, self._code(), refused
        )

    def _by_place(self) -> Iterator[str]:
        asked, known = self.environment, self.place
        if self.asks and not asked:
            yield "asks for a token outside any environment: every job of its event has the same subject"
        elif asked and known is None:
            yield f"names the environment {asked}, which the bootstrap's table does not have"
        elif known and known.reference == MAIN:
            if self.workflow.pulled:
                yield f"a pull request's code asks to be {known.identity}: its place is main's"
            if self.workflow.branches_push:
                yield f"a push to any branch asks to be {known.identity}: its place is main's"
        if "ENVIRONMENT" in asked:
            yield from self._matrix()
        yield from self._client_ids(known)

    def _matrix(self) -> Iterator[str]:
        listed = (self.job.get("strategy") or {}).get("matrix", {})
        listed = listed.get("environment") if isinstance(listed, dict) else listed
        written = isinstance(listed, list) and all(
            isinstance(one, dict) and "${{" not in str(one) for one in listed
        )
        if listed not in _LISTS and not written:
            yield f"its environments come from {listed}: the author of that chooses the identity"

    def _client_ids(self, known: Place | None) -> Iterator[str]:
        """A client id comes from the job's own environment, so that no job names another's identity."""
        for found in sorted(set(re.findall(r"vars\.(\w*CLIENT_ID)", str(self.job)))):
            gate = known is not None and known.identity == "gate" and found.endswith("_GATE_CLIENT_ID")
            if found != "AZURE_CLIENT_ID" and not gate:
                yield f"{found} is not a variable of its own environment"
        if "vars[" in str(self.job) or "secrets[" in str(self.job):
            yield "a variable's name is put together: which identity it is, nobody can read"
        for key, value in _texts(self.job):
            if re.search(r"client.?id", key, re.IGNORECASE) and _GUID.fullmatch(value):
                yield "a client id is written out: it is a variable of the job's own environment"

    def _by_event(self) -> Iterator[str]:
        workflow = self.workflow
        if "pull_request_target" in workflow.triggers:
            yield "pull_request_target runs with main's rights on a stranger's event"
        if "workflow_call" in workflow.triggers and (self.asks or "secrets." in str(self.job)):
            yield "workflow_call: whose code and whose rights it runs with, its callers decide"
        for event in workflow.anybody_s:
            if self.asks and event != "pull_request_target":
                yield f"{event}: what a stranger did starts a job that becomes an identity"
        if workflow.pulled and self._secrets():
            yield "a pull request's code is handed secrets"
        if workflow.pulled and not self._hosted():
            yield f"a pull request's code runs on a machine of your own: {self.job.get('runs-on')}"

    def _secrets(self) -> bool:
        named = re.findall(r"secrets\.(\w+)", str(self.job))
        return self.job.get("secrets") == "inherit" or any(one != "GITHUB_TOKEN" for one in named)

    def _hosted(self) -> bool:
        if "uses" in self.job:
            return True
        runner = self.job.get("runs-on")
        previews = self.place is not None and self.place.reference != MAIN and runner == _RUNNER
        # A group that is pinned to workflows on main gives such a job no machine (docs/bootstrap.md).
        return previews or (isinstance(runner, str) and bool(_HOSTED.fullmatch(runner)))

    def _by_code(self) -> Iterator[str]:
        """Whose code runs under the identity, whatever the place let in."""
        called = str(self.job.get("uses", ""))
        if called and (self.asks or self._secrets()):
            yield f"hands its rights to the workflow {called}"
        image = self.job.get("container") or ""
        image = str(image.get("image") if isinstance(image, dict) else image)
        if self.asks and image and "@sha256:" not in image:
            yield f"runs in {image}, which its owner can change: name a digest"
        writes = self.asks or "write" in str(self.job.get("permissions", ""))
        for step in self.job.get("steps") or []:
            given = step.get("with") or {}
            if "actions/checkout" in str(step.get("uses")) and (
                writes or "workflow_run" in self.workflow.triggers
            ):
                yield from self._checkout(given)
            if self.asks and "download-artifact" in str(step.get("uses")) and "run-id" in given:
                yield "takes an artifact of another run, whose code nobody knows"
            fetched = fetches_code(str(step.get("run", "")))
            if self.asks and fetched:
                yield f"brings code by `{fetched}`: which, its place does not decide"

    def _checkout(self, given: Mapping[str, Node]) -> Iterator[str]:
        if given.get("repository"):
            yield f"checks out {given['repository']}"
        if str(given.get("ref", "")) not in _MAINS:
            yield f"checks out {given['ref']}: which code that is, its place does not decide"

    def _by_words(self) -> Iterator[str]:
        for step in self.job.get("steps") or []:
            script = f"{step.get('run', '')}{(step.get('with') or {}).get('script', '')}"
            found = _OTHERS_WORDS.search(script)
            if found:
                yield f"{found[0]} becomes a part of a script: who writes it runs what he likes. Pass it by env"

    def _code(self) -> str:
        """What starts the workflow, cut down to what the place lets in. A fork is given no token."""
        reference = self.place.reference if self.place else ""
        if reference == MAIN:
            return "main"
        if self.workflow.pulled:
            return BRANCH if reference else "any branch, any pull request"
        return "any branch"


def _texts(job: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for holder in (job, *(job.get("steps") or [])):
        for part in ("env", "with"):
            yield from ((str(key), str(value)) for key, value in (holder.get(part) or {}).items())
