"""Every piece, in the order in which it is made: what is trusted comes after what protects it."""

from __future__ import annotations

from bootstrap.access import Federation, ManagedIdentity, Truster, Unwanted
from bootstrap.azure_devops import Check, MadeByHand, PipelineEnvironment, Project
from bootstrap.github import (
    Environment,
    Repository,
    RepositorySecrets,
    RunnerGroup,
    names_of_secrets,
)
from bootstrap.identities import MAIN, PURPOSES, Identity, identities
from bootstrap.logs import log_pieces
from bootstrap.names import Names
from bootstrap.options import Options
from bootstrap.own_roles import OwnRole, OwnRoleDefinition
from bootstrap.piece import Piece
from bootstrap.roles import Roles
from bootstrap.state import state_pieces

NOTEBOOKS_CREDENTIAL = "notebooks-jobs"
"""Of the deploying identity, whose the git folders are: jobs of the notebooks' own repository that sync them."""

RUNNER_WORKFLOWS = ("deploy.yml", "drift.yml", "promote.yml", "sync-git-folders.yml")
"""Those that run on main and speak to an environment. A real preview of a private environment is no such run."""


def pieces(options: Options) -> list[Piece]:
    """State, places, identities, roles; federations last."""
    names, wanted = Names.of(options), list(identities(options))
    found: list[Piece] = [*state_pieces(names, options.location), *log_pieces(names, options.location)]
    places = _github_places(options, wanted) if options.repository else _azure_devops_places(options, wanted)
    found += [place for pieces_of_one in places.values() for place in pieces_of_one]
    found += _notebooks_places(options)
    found += _shared(options)
    purposes = [identity.purpose for identity in wanted]
    found += [Unwanted(names, purpose) for purpose in PURPOSES if purpose not in purposes]
    found += [ManagedIdentity(names, purpose, options.location) for purpose in purposes]
    held = {one.role for identity in wanted for one in identity.roles}
    found += [OwnRoleDefinition(names, role) for role in OwnRole if role in held]
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


def _shared(options: Options) -> list[Piece]:
    """What a branch's job would be handed without becoming anybody: deployments' secrets, a machine in the network."""
    if options.repository:
        repository = Repository(options.repository)
        found: list[Piece] = [RepositorySecrets(repository, names_of_secrets())]
        if options.runner_group:
            found.append(RunnerGroup(repository, options.runner_group, RUNNER_WORKFLOWS))
        return found
    project = Project(options.project)
    held = [("variablegroup", f"platform-{options.environment}")]
    held += [("queue", options.runner_group)] if options.runner_group else []
    found = []
    for kind, of in held:
        made = MadeByHand(project, kind, of)
        found += [made, Check(project, "branch control", kind, of, needs=(made.name,))]
    return found


def _roles(options: Options, names: Names, identity: Identity) -> Roles:
    needs = [f"identity {identity.purpose}"]
    needs += [f"role {held.role}" for held in identity.roles if isinstance(held.role, OwnRole)]
    # What the roles are on; the gate's is the subscription, which nobody makes.
    needs += ["state account", "vault"] if len(identity.roles) > 1 else []
    return Roles(names, identity.purpose, identity.roles, options, tuple(needs))


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
    made = MadeByHand(project, "endpoint", connection)
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
    connection = MadeByHand(project, "endpoint", identity.connection)
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
