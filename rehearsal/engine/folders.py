"""Where an engine run keeps everything: `.rehearsal/` in the project, so that nothing of the user's own is touched.

.rehearsal/backend            the engine's states, histories and locks (a file backend)
.rehearsal/home               PULUMI_HOME: the user's login, plugins and selected stack stay in theirs
.rehearsal/cli                a CLI of our own, where PATH has none
.rehearsal/<stack>/cloud.jsonl  the resources of the simulated cloud
.rehearsal/<stack>/work       Pulumi.yaml and the stack file that the engine reads
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rehearsal.model.errors import RehearsalError
from rehearsal.program.project import Project

FOLDER = ".rehearsal"


@dataclass(frozen=True)
class EngineFolders:
    """The folders of one stack; `make` creates them."""

    project: Project
    stack: str

    @property
    def root(self) -> Path:
        """`.rehearsal` of the project."""
        return self.project.directory / FOLDER

    @property
    def backend(self) -> Path:
        """The engine's file backend."""
        return self.root / "backend"

    @property
    def home(self) -> Path:
        """PULUMI_HOME."""
        return self.root / "home"

    @property
    def cli(self) -> Path:
        """The root of a CLI that the SDK installed."""
        return self.root / "cli"

    @property
    def own(self) -> Path:
        """This stack's folder."""
        return self.root / self.stack

    @property
    def cloud(self) -> Path:
        """The journal of the simulated cloud."""
        return self.own / "cloud.jsonl"

    @property
    def work(self) -> Path:
        """The engine's project folder."""
        return self.own / "work"

    @property
    def state(self) -> Path:
        """The engine's state of this stack (pulumi pkg/backend/diy/store.go)."""
        return self.backend / ".pulumi" / "stacks" / self.project.name / f"{self.stack}.json"

    @property
    def locks(self) -> Path:
        """The engine's locks of this stack (pulumi pkg/backend/diy/lock.go)."""
        return self.backend / ".pulumi" / "locks" / "organization" / self.project.name / self.stack

    def make(self) -> None:
        """Creates what is missing. Raises `RehearsalError`."""
        for folder in (self.backend, self.home, self.work):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise RehearsalError(
                    f"{folder}: {error.strerror}; engine runs keep their state in {self.root}"
                ) from error
