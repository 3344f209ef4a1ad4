"""Whether an identity may do in Databricks what a request asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from azure_facts.databricks_acting import (
    ACTING,
    ASKED_IDENTITY,
    MEMBERSHIP,
    REPOS,
    RUN_AS,
    SECURED,
    Acting,
    Actor,
)
from azure_facts.databricks_reading import READINGS, Reader
from azure_facts.databricks_service_principals import ROLES_PAGE, application_of
from azure_facts.source import Source
from rehearsal.authorisation.databricks_names import (
    git_host_of,
    object_id,
    permitted_on,
    text_at,
)
from rehearsal.authorisation.databricks_standing import DatabricksStanding, names_of
from rehearsal.authorisation.denial import PERMISSION_DENIED, Denial, refusal
from rehearsal.authorisation.model import Identity, Membership
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.authorisation.unity_catalog_rights import UnityCatalogRights

_GIT_CREDENTIAL = "databricks:index/gitCredential:GitCredential"
_RULE_SET = "databricks:index/accessControlRuleSet:AccessControlRuleSet"
_TOKEN = "databricks:index/token:Token"
_GRANTS = ("databricks:index/grants:Grants", "databricks:index/grant:Grant")
_MANAGES = ("CAN_MANAGE", "IS_OWNER", "MANAGE")
_OWNERS_GRANT = "the owner of {}, a group that holds {}, or MANAGE on it"


@dataclass(frozen=True)
class DatabricksRights:
    """One identity before one standing. `azure_admin`: whether a role in Azure makes it an admin at its sign-in."""

    who: Identity
    standing: DatabricksStanding
    azure_admin: bool

    @property
    def is_admin(self) -> bool:
        """By Azure, by hand, or by the program."""
        given = self.azure_admin or self.who.databricks.workspace is Membership.ADMIN
        return given or bool(self.standing.admins & names_of(self.who))

    @property
    def is_member(self) -> bool:
        """Who is an admin is a member."""
        given = self.is_admin or self.who.databricks.workspace is Membership.MEMBER
        return given or bool(self.standing.members & names_of(self.who))

    @property
    def _catalog(self) -> UnityCatalogRights:
        return UnityCatalogRights(self.who, self.standing, self.is_admin)

    def lacking(self, sent: Sent, verb: Verb) -> Iterator[Denial]:
        """Everything that the service would refuse, the first that it finds first."""
        acting = ACTING.get(sent.type)
        if acting is not None and acting.creates is Actor.ACCOUNT_ADMIN:
            if verb is not Verb.PREVIEW and not self.who.databricks.account_admin:
                yield self._no(
                    sent, "AUT317", "is not an account admin", "the role of account admin", acting.source
                )
            return
        if not self.is_member:
            if verb is not Verb.PREVIEW or not sent.of_provider("workspaceId") or sent.follows_workspace:
                yield self._no_member(sent, verb)
            return
        if verb is Verb.PREVIEW:
            return
        if verb is Verb.READ:
            yield from self._reading(sent)
        elif sent.type in SECURED:
            yield from self._catalog.changing(sent, verb)
        elif sent.type in _GRANTS:
            yield from self._catalog.granting(sent)
        else:
            yield from self._acting(sent, verb, acting)

    def _no_member(self, sent: Sent, verb: Verb) -> Denial:
        asked = "asks it who it is, GET scim/v2/Me" if verb is Verb.PREVIEW else "sends the request"
        return self._no(
            sent,
            "AUT311",
            f"is no member of the workspace that {asked}",
            "membership of the workspace",
            ASKED_IDENTITY if verb is Verb.PREVIEW else MEMBERSHIP,
        )

    def _acting(self, sent: Sent, verb: Verb, acting: Acting | None) -> Iterator[Denial]:
        actor = acting and (acting.creates if verb is Verb.CREATE else acting.changes)
        if acting is not None and actor is Actor.ADMIN and not self.is_admin:
            yield self._no_admin(sent, acting.source)
        elif acting is not None and actor is Actor.OBJECT_MANAGER and not self._manages(sent):
            why = f"does not have CAN_MANAGE on {_manageable(sent)}"
            yield self._no(sent, "AUT310", why, f"CAN_MANAGE on it, {_AS_ADMIN}", acting.source)
        if sent.type == _GIT_CREDENTIAL:
            yield from self._credential(sent, verb)
        elif verb is not Verb.DELETE:
            yield from self._using(sent)

    def _using(self, sent: Sent) -> Iterator[Denial]:
        """What a request asks for besides the object itself."""
        if sent.type == _RULE_SET:
            yield from self._managing(sent, application_of(sent.text("name")) or "")
        elif sent.type == _TOKEN and not self.standing.may_create_tokens(self.who):
            yield self._no(sent, "AUT318", "may not make tokens", "CAN_USE on tokens", RUN_AS)
        elif sent.type.endswith(":Repo"):
            yield from self._cloning(sent)
        elif sent.type.endswith(":Job"):
            yield from self._running_as(sent)

    def _credential(self, sent: Sent, verb: Verb) -> Iterator[Denial]:
        whose = sent.text("principalId")
        if whose:
            yield from self._managing(sent, self.standing.applications.get(whose, whose))
        elif verb is not Verb.CREATE:
            yield from self._own_credential(sent)

    def _manages(self, sent: Sent) -> bool:
        if self.is_admin:
            return True
        on = _manageable(sent)
        names = names_of(self.who)
        levels = self.standing.levels.get(on, {})
        return self.standing.makers.get(on, "") in names or any(
            levels.get(name) in _MANAGES for name in names
        )

    def _managing(self, sent: Sent, application: str) -> Iterator[Denial]:
        if application and not self.standing.is_manager(self.who, application):
            yield self._no(
                sent,
                "AUT315",
                f"is not a manager of the service principal {application}",
                f"roles/servicePrincipal.manager on {application}, of it or of a group of its",
                ROLES_PAGE,
            )

    def _running_as(self, sent: Sent) -> Iterator[Denial]:
        application = text_at(sent, "runAs.servicePrincipalName")
        if application and not self.standing.is_user(self.who, application):
            yield self._no(
                sent,
                "AUT314",
                f"does not have the role servicePrincipal.user on {application}, which the job runs as",
                f"roles/servicePrincipal.user on {application}, of it or of a group of its",
                RUN_AS,
            )

    def _cloning(self, sent: Sent) -> Iterator[Denial]:
        provider = git_host_of(sent)
        if not self.standing.has_credential(self.who, provider):
            yield Denial(
                sent.urn,
                "AUT316",
                f"Missing Git provider credentials: {self.who.name} has none for {provider or sent.text('url')}.",
                f"a git credential of {self.who.databricks.name or self.who.name} for {provider}, or the repository "
                "among databricks.public_repositories",
                code=PERMISSION_DENIED,
                source=str(REPOS),
            )

    def _own_credential(self, sent: Sent) -> Iterator[Denial]:
        maker = self.standing.makers.get(sent.id, "")
        if maker and maker not in names_of(self.who):
            yield self._no(
                sent,
                "AUT316",
                f"does not see this git credential, which is {maker}'s own",
                f"a git credential by principal_id, of {self.who.databricks.name or self.who.name}",
                REPOS,
            )

    def _reading(self, sent: Sent) -> Iterator[Denial]:
        reading = READINGS.get(sent.type)
        if reading is None or reading.reader in (Reader.MEMBER, Reader.ITSELF, Reader.ACCOUNT_ADMIN):
            return
        if reading.reader is Reader.OWNER:
            yield from self._catalog.reading(sent, reading.source)
        elif reading.reader is Reader.MANAGER:
            whose = sent.text("principalId")
            application = (
                self.standing.applications.get(whose, whose) or application_of(sent.text("name")) or ""
            )
            yield from self._managing(sent, application)
        elif not (self.is_admin or self._manages(sent)):
            yield self._no_admin(sent, reading.source)

    def _no_admin(self, sent: Sent, source: Source) -> Denial:
        return self._no(sent, "AUT310", "is not an admin of the workspace", _AS_ADMIN, source)

    def _no(self, sent: Sent, rule: str, why: str, right: str, source: Source) -> Denial:
        return refusal(self.who, sent, rule, why, right, source)


_AS_ADMIN = "admin of the workspace (Contributor on it in Azure, or ADMIN by a permission assignment)"


def _manageable(sent: Sent) -> str:
    """The object whose list counts: of a list, of an ACL, or the object itself."""
    return permitted_on(sent) or sent.text("scope") or object_id(sent)
