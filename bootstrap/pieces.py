"""Every piece, in the order in which it is made: what is trusted comes after what protects it."""

from __future__ import annotations

from bootstrap.access import Federation, ManagedIdentity, Truster, Unwanted
from bootstrap.azure_devops import Check, Connection, PipelineEnvironment, Project
from bootstrap.github import Environment, Repository, RunnerGroup
from bootstrap.identities import MAIN, PURPOSES, Identity, identities
from bootstrap.names import Names
from bootstrap.options import Options
from bootstrap.piece import Piece
from bootstrap.role_author import RoleAuthor
from bootstrap.roles import Roles
from bootstrap.state import state_pieces

NOTEBOOKS_CREDENTIAL = "notebooks-jobs"
"""Of the deploying identity, whose the git folders are: jobs of the notebooks' own repository that sync them."""

RUNNER_WORKFLOWS = ("deploy.yml", "drift.yml", "promote.yml", "sync-git-folders.yml")
"""Those that run on main and speak to an environment. A real preview of a private environment is no such run."""


def pieces(options: Options) -> list[Piece]:
    """State, places, identities, roles; federations last."""
    names, wanted = Names.of(options), list(identities(options))
    found: list[Piece] = [*state_pieces(names, options.location)]
    places = _github_places(options, wanted) if options.repository else _azure_devops_places(options, wanted)
    found += [place for pieces_of_one in places.values() for place in pieces_of_one]
    found += _notebooks_places(options)
    if options.runner_group:
        found.append(RunnerGroup(Repository(options.repository), options.runner_group, RUNNER_WORKFLOWS))
    purposes = [identity.purpose for identity in wanted]
    found += [Unwanted(names, purpose) for purpose in PURPOSES if purpose not in purposes]
    found += [ManagedIdentity(names, purpose, options.location) for purpose in purposes]
    if options.may_write_custom_roles:
        found.append(RoleAuthor(names))
    found += [_roles(options, names, identity) for identity in wanted]
    for identity in wanted:
        needs = [f"identity {identity.purpose}", f"roles of {identity.purpose}"]
        needs += [place.name for place in places[identity.purpose]]
        trusts = {identity.credential: _trust(options, identity)}
        if options.notebooks and identity.purpose == "deploy":
            trusts[NOTEBOOKS_CREDENTIAL] = _notebooks_trust(options)
            needs += [place.name for place in _notebooks_places(options)]
        found.append(Federation(names, identity, trusts, tuple(needs)))
    return found


def _roles(options: Options, names: Names, identity: Identity) -> Roles:
    custom = (names.role_author,) if options.may_write_custom_roles and identity.purpose == "deploy" else ()
    needs = [f"identity {identity.purpose}", *(["role author"] if custom else [])]
    # What the roles are on; the gate's is the subscription, which nobody makes.
    needs += ["state account", "vault"] if len(identity.roles) > 1 else []
    return Roles(names, identity.purpose, identity.roles, options, tuple(needs), custom)


def _trust(options: Options, identity: Identity) -> Truster:
    if options.repository:
        return lambda shell: Repository(options.repository).trust(shell, identity.place)
    return lambda shell: Project(options.project).trust(shell, identity.connection)


def _notebooks_trust(options: Options) -> Truster:
    if options.repository:
        return lambda shell: Repository(options.notebooks).trust(shell, options.environment)
    return lambda shell: Project(options.notebooks).trust(shell, f"notebooks-sync-{options.environment}")


def _notebooks_places(options: Options) -> list[Piece]:
    """Who passes them acts as the identity that deploys the platform, so they are as protected as its own."""
    if not options.notebooks:
        return []
    if options.repository:
        repository = Repository(options.notebooks)
        of = f" of {options.notebooks}"
        return [Environment(repository, options.environment, MAIN, options.reviewed, options.reviewers, of)]
    project, connection = Project(options.notebooks), f"notebooks-sync-{options.environment}"
    made = Connection(project, connection)
    return [made, Check(project, "branch control", "endpoint", connection, needs=(made.name,))]


def _github_places(options: Options, wanted: list[Identity]) -> dict[str, list[Piece]]:
    repository = Repository(options.repository)
    return {
        identity.purpose: [
            Environment(repository, identity.place, identity.reference, identity.reviewed, options.reviewers)
        ]
        for identity in wanted
    }


def _azure_devops_places(options: Options, wanted: list[Identity]) -> dict[str, list[Piece]]:
    project = Project(options.project)
    return {identity.purpose: _checked(project, options, identity) for identity in wanted}


def _checked(project: Project, options: Options, identity: Identity) -> list[Piece]:
    """A pull request's pipeline cannot be held to main, so its connection has an approval or nothing."""
    connection = Connection(project, identity.connection)
    found: list[Piece] = [connection]
    if identity.reference == MAIN:
        found.append(
            Check(project, "branch control", "endpoint", identity.connection, needs=(connection.name,))
        )
    elif identity.reviewed:
        found.append(
            Check(
                project,
                "approval",
                "endpoint",
                identity.connection,
                options.reviewers,
                needs=(connection.name,),
            )
        )
    if identity.place == options.environment:
        environment = PipelineEnvironment(project, identity.place)
        on = ("environment", identity.place)
        found += [environment, Check(project, "branch control", *on, needs=(environment.name,))]
        if identity.reviewed:
            found.append(Check(project, "approval", *on, options.reviewers, needs=(environment.name,)))
    return found
