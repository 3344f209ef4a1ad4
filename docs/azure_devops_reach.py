"""The stages of an Azure DevOps pipeline that become an identity, and the ways by which unreviewed code could."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bootstrap.identities import MAIN
from docs.identity_places import BRANCH, Node, Place, Reach, fetches_code, places, texts

_EACH = "${{ environment.name }}"
_RUNNER = "${{ environment.runner }}"
_CONNECTION = re.compile(
    r"(?i).*serviceConnection|azureSubscription|connectedServiceName.*|azureResourceManager(Connection|Endpoint)"
    r"|.*service(Arm|Endpoint)|environmentServiceName.*|azureConnection"
)
_SCRIPTS = ("script", "bash", "pwsh", "powershell", "inlineScript", "arguments")
_OTHERS_WORDS = re.compile(
    r"\$\((Build\.(SourceBranch\w*|SourceVersionMessage|RequestedFor\w*)|System\.PullRequest\.\w+)\)|\$\{\{\s*parameters\.\w+"
)
_OWN_VALUES = ("platform-preview-", "notebooks-")


def azure_devops_reaches(path: str, document: Mapping[str, Node]) -> Iterator[Reach]:
    """The stages that name a service connection, those inside template expressions too; what is refused of others."""
    pipeline = _Pipeline(path, document)
    if pipeline.template:
        refused = tuple(pipeline.in_a_template())
        if refused:
            yield Reach(path, "(template)", "who includes it", "", "?", "?", refused)
        return
    whole = tuple(pipeline.refused())
    if whole:
        yield Reach(path, "(pipeline)", pipeline.started, "", "none", "?", whole)
    for stage in pipeline.stages():
        connections = list(dict.fromkeys(_connections(stage)))
        for named in connections:
            yield _Stage(pipeline, stage, named).reach()
        if not connections:
            refused = tuple(_Stage(pipeline, stage, "").by_event())
            if refused:
                yield Reach(path, _name(stage), pipeline.started, "", "none", "?", refused)


@dataclass(frozen=True)
class _Pipeline:
    path: str
    document: Mapping[str, Node]

    @property
    def template(self) -> bool:
        """What says neither how it starts nor stages is a part of others."""
        return not {"trigger", "pr", "schedules", "stages", "extends", "resources"} & self.document.keys()

    @property
    def pulled(self) -> bool:
        """Absent means every pull request, where the repository is GitHub's."""
        return self.document.get("pr") != "none"

    @property
    def started(self) -> str:
        if "schedules" in self.document:
            return "every night, by hand"
        if self.pulled:
            return "pull request"
        return "main, by hand" if self.document.get("trigger") != "none" else "by hand"

    def stages(self) -> Iterator[Mapping[str, Node]]:
        if "stages" not in self.document:
            yield {"stage": "(pipeline)", **self.document}
        yield from _stages(self.document.get("stages", []))

    def in_a_template(self) -> Iterator[str]:
        for named in dict.fromkeys(_connections(self.document)):
            if not re.fullmatch(r"\$\{\{ parameters\.\w+ \}\}", named):
                yield f"a template names the service connection {named}: the pipelines that include it do not show it"
        yield from _foreign_templates(self.document)

    def refused(self) -> Iterator[str]:
        """Of the pipeline as a whole."""
        document = self.document
        yield from _foreign_templates(document)
        for missing in ("trigger", "pr"):
            if missing not in document:
                yield f"does not say {missing}: without it every branch starts the pipeline"
        trigger = document.get("trigger")
        branches = trigger.get("branches", {}).get("include") if isinstance(trigger, dict) else trigger
        if "trigger" in document and branches not in ("none", ["main"]):
            yield f"a push to {branches} starts it"
        resources = document.get("resources") or {}
        for one in resources.get("pipelines") or []:
            yield from _after_a_pipeline(one)
        if resources.get("webhooks"):
            yield "a webhook starts it: everybody who may call that"
        if self.pulled:
            yield from _foreign_groups(document.get("variables"))


def _after_a_pipeline(resource: Mapping[str, Node]) -> Iterator[str]:
    trigger = resource.get("trigger", "none")
    if trigger == "none":
        return
    branches = trigger.get("branches") if isinstance(trigger, dict) else None
    included = branches.get("include") if isinstance(branches, dict) else branches
    if included not in (["main"], ["refs/heads/main"]):
        yield f"a run of {resource.get('source')} on any branch starts it, on that branch's code"


def _foreign_templates(document: Mapping[str, Node]) -> Iterator[str]:
    for key, value in texts(document):
        if key == "template" and "@" in value and not value.endswith("@self"):
            yield f"runs {value}, which another repository decides"


@dataclass(frozen=True)
class _Stage:
    pipeline: _Pipeline
    stage: Mapping[str, Node]
    named: str

    @property
    def asked(self) -> str:
        return self.named.replace(_EACH, "ENVIRONMENT")

    @property
    def place(self) -> Place | None:
        template = re.sub(r"-(dev|prod)$", "-ENVIRONMENT", self.asked)
        return next((one for one in places() if one.connection in (self.asked, template)), None)

    def reach(self) -> Reach:
        known = self.place
        refused = dict.fromkeys([*self._by_place(), *self.by_event(), *self._by_code()])
        code = "main" if known and known.reference == MAIN else BRANCH
        identity = known.identity if known else "?"
        pipeline = self.pipeline
        return Reach(
            pipeline.path, _name(self.stage), pipeline.started, self.asked, identity, code, tuple(refused)
        )

    def _by_place(self) -> Iterator[str]:
        known, pulled = self.place, self.pipeline.pulled
        if known is None:
            yield f"names the service connection {self.asked}, which the bootstrap's table does not have"
        elif pulled and known.reference == MAIN:
            yield f"a pull request's pipeline names {self.asked}, whose checks let main in only"
        if pulled and "IsFork" not in str(self.stage.get("condition")):
            yield "a fork's pull request starts the stage"

    def by_event(self) -> Iterator[str]:
        """What a pull request's code must not have, whether it becomes somebody or not."""
        if not self.pipeline.pulled:
            return
        yield from _foreign_groups(self.stage)
        previews = self.place is not None and self.place.reference != MAIN
        for pool in _own_pools(self.stage):
            # The pool's branch control gives such a job no machine (docs/bootstrap.md).
            if not (previews and pool == _RUNNER):
                yield f"a pull request's code runs on a machine of your own: {pool}"

    def _by_code(self) -> Iterator[str]:
        for key, value in texts(self.stage):
            if key == "checkout" and value not in ("self", "none"):
                yield f"checks out {value}: which code that is, its checks do not decide"
            if key == "download" and value not in ("current", "none"):
                yield f"takes artifacts of {value}, whose code nobody knows"
            if key == "buildType" and value != "current":
                yield "takes artifacts of another run, whose code nobody knows"
            if key not in _SCRIPTS:
                continue
            if fetches_code(value):
                yield f"brings code by `{fetches_code(value)}`: which, its checks do not decide"
            if _OTHERS_WORDS.search(value):
                found = _OTHERS_WORDS.search(value)
                yield f"{found[0] if found else ''} becomes a part of a script: who writes it runs what he likes"


def _own_pools(node: Node) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _own_pools(one)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "pool" and isinstance(value, str):
            yield value
        elif key == "pool" and isinstance(value, dict):
            yield from (str(value["name"]) for _ in [0] if "name" in value)
        else:
            yield from _own_pools(value)


def _foreign_groups(node: Node) -> Iterator[str]:
    for key, value in texts(node):
        if key == "group" and not value.startswith(_OWN_VALUES):
            yield f"a pull request's code is handed the variable group {value}"


def _connections(node: Node) -> Iterator[str]:
    """By their keys, and by their names wherever they are; but not variable groups, some of which share a name with
    a connection."""
    known = {one.connection for one in places()}
    for key, value in texts(node):
        if key == "group":
            continue
        template = re.sub(r"-(dev|prod)$", "-ENVIRONMENT", value.replace(_EACH, "ENVIRONMENT"))
        if (_CONNECTION.fullmatch(key) and value) or template in known:
            yield value


def _stages(listed: Node) -> Iterator[Mapping[str, Node]]:
    for one in listed:
        if "stage" in one:
            yield one
        elif "template" not in one:
            for inner in one.values():
                yield from _stages(inner)


def _name(stage: Mapping[str, Node]) -> str:
    return str(stage["stage"])
