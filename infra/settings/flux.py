"""A git repository that Flux follows on the scoring cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import LoadingContext, Problem, Secret, SettingsModel


class GitSource(SettingsModel):
    """The repository that Flux follows; `templates/flux-repository` is one to begin with."""

    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    branch: Annotated[str, Field(pattern=r"^\S+$")] | None = None
    tag: Annotated[str, Field(pattern=r"^\S+$")] | None = None
    https_user: Annotated[str, Field(min_length=1)] | None = None
    """Of a private repository, with https_key."""
    https_key: Secret | None = None
    """A token that may read the repository."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.branch is None) == (self.tag is None):
            given = "neither" if self.branch is None else "both"
            yield Problem("branch", f"and tag: {given} given; give the one that Flux follows")
        if (self.https_user is None) != (self.https_key is None):
            missing = "https_user" if self.https_user is None else "https_key"
            yield Problem(missing, "is missing; a private repository is read with both")


ManifestFolder = Annotated[str, Field(pattern=r"^\./\S+$")]
