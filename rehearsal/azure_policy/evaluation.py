"""Azure Policy over a stack: which requests are denied and changed, what is audited, and what appears beside it.

The order is Azure's: `append` and `modify` change the request, `deny` judges what they made of it, then `audit` and the
effects that look for related resources (`azure_facts.azure_policy.EFFECTS_SOURCE`). Azure names no order among policies
of one effect; here it is that of their ids. Resource groups come first, because their tags are inherited.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from azure_facts.azure_policy import (
    DELETION_NEVER_DENIED,
    EFFECTS_NOT_ON_REQUESTS,
    NOT_EVALUATED_NAMESPACE,
    RESOURCE_GROUP_TYPE,
)
from rehearsal.access import plural
from rehearsal.azure_policy import table, wording
from rehearsal.azure_policy.assignments import AssignedPolicy, NotEvaluated, assigned
from rehearsal.azure_policy.belonging import of_subscription, other_subscription
from rehearsal.azure_policy.connections import after_deployment, as_resources, connections
from rehearsal.azure_policy.existence import Existence, by_type
from rehearsal.azure_policy.ledger import Ledger
from rehearsal.azure_policy.policy_file import PolicyFile
from rehearsal.azure_policy.requests import changed_request
from rehearsal.azure_policy.scopes import Exemption, all_selected, covers, exemption_of, selected
from rehearsal.azure_policy.situation import Situation, Surroundings
from rehearsal.azure_policy.subject import Subject
from rehearsal.azure_policy.verdict import Doubt, DoubtError, PolicyError, Verdict, all_of, any_of, negated
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.azure_policy import AzurePolicies, Evaluated, PolicyOutcome
from rehearsal.model.json_values import text_at

_CHANGING = ("append", "modify")
_ALWAYS_DELETED = frozenset(name.lower() for name in DELETION_NEVER_DENIED)
_RELATED = ("auditIfNotExists", "deployIfNotExists")


def evaluate(
    file: PolicyFile,
    resources: Iterable[ArmResource],
    *,
    today: datetime.date,
    tenants: frozenset[str] = frozenset(),
    supports_tags: Callable[[ArmResource], bool] = lambda _: True,
) -> Evaluated:
    """Evaluates the file's assignments over the stack's requests. `tenants` are those that the program says it deploys
    to; `supports_tags` tells whether a resource's type has tags and a location at all."""
    stack = [of_subscription(each, file.subscription_id) for each in resources]
    wrong = other_subscription(file, stack, tenants)
    if wrong is not None:
        nothing = AzurePolicies(file.path.name, file.read_on, len(file.assignments), 0, 0)
        return Evaluated((wrong,), nothing)
    prefix = f"/subscriptions/{file.subscription_id}".lower()
    subjects = [
        Subject(each, supports_tags(each)) for each in stack if f"{each.id.lower()}/".startswith(f"{prefix}/")
    ]
    evaluation = _Evaluation(file, [one for one in subjects if _is_judged(one)], today)
    if len(subjects) < len(stack):
        evaluation.leave_out(len(stack) - len(subjects))
    return evaluation.run()


def _is_judged(subject: Subject) -> bool:
    namespace = subject.type.partition("/")[0].lower()
    return namespace != NOT_EVALUATED_NAMESPACE.lower() or subject.type == RESOURCE_GROUP_TYPE


class _Evaluation:
    def __init__(self, file: PolicyFile, subjects: Sequence[Subject], today: datetime.date) -> None:
        self._file = file
        self._today = today
        self._ledger = Ledger()
        self._groups: dict[str, Subject] = {
            one.id: one for one in subjects if one.type == RESOURCE_GROUP_TYPE
        }
        self._subjects = sorted(subjects, key=lambda one: one.id not in self._groups)
        self._surroundings = Surroundings(
            file.aliases, today, file.tenant_id, file.subscription_id, self._groups
        )
        found = assigned(file, self._surroundings)
        self._ledger.not_evaluated += found.not_evaluated
        self._unreadable = len(found.not_evaluated)
        self._assigned = found.policies
        self._exemptions = list(self._read_exemptions())
        self._types: dict[tuple[int, str], bool] = {}
        self._existence: dict[int, Existence] = {}

    def leave_out(self, resources: int) -> None:
        """Says that so many resources are not in the file's subscription."""
        why = f"the file is of subscription {self._file.subscription_id}"
        self._ledger.not_evaluated.append(
            NotEvaluated(plural(resources, "resource elsewhere", "resources elsewhere"), why, wrong=False)
        )

    def run(self) -> Evaluated:
        """In Azure's order."""
        policies = [policy for policy in self._assigned if self._is_evaluated(policy)]
        changing = [policy for policy in policies if policy.effect in _CHANGING]
        self._subjects = [self._changed(one, changing) for one in self._subjects]
        made = connections(self._subjects)
        later = [after_deployment(one, made) for one in self._subjects]
        self._stack = by_type([*later, *(each for one in later for each in as_resources(one, made))])
        for policy in policies:
            if policy.effect not in _CHANGING:
                # What a request is denied by is in the request; audits look at what became of it.
                self._judge(policy, self._subjects if policy.effect == "deny" else later)
        return Evaluated(
            self._ledger.close(),
            AzurePolicies(
                file=self._file.path.name,
                read_on=self._file.read_on,
                policies=len({id(policy.ids) for policy in self._assigned}) + self._unreadable,
                evaluated=len(self._ledger.concerned),
                resources=len(self._subjects),
                outcomes=self._ledger.outcomes(),
                undecided=self._ledger.undecided(),
                unevaluated=self._ledger.unevaluated(),
            ),
        )

    def _read_exemptions(self) -> Iterator[Exemption]:
        for raw in self._file.exemptions:
            try:
                exemption = exemption_of(raw)
            except PolicyError as error:
                self._ledger.cannot(f"exemption {text_at(raw, 'name')!r}", str(error))
                continue
            if not exemption.has_ended(self._today):
                yield exemption

    def _is_evaluated(self, policy: AssignedPolicy) -> bool:
        if policy.effect == "disabled":
            return False
        why = ""
        if not policy.definition.is_resource_manager:
            why = f"a resource provider judges mode {policy.definition.mode}"
        elif policy.effect in EFFECTS_NOT_ON_REQUESTS:
            why = f"no request to create or change a resource meets effect {policy.effect}"
        if why:
            self._ledger.not_evaluated.append(NotEvaluated(policy.described, why, wrong=False))
            return False
        if policy.effect in _RELATED:
            try:
                self._existence[id(policy)] = Existence(policy)
            except PolicyError as error:
                self._ledger.cannot(policy.described, str(error))
                return False
        return True

    def _changed(self, subject: Subject, policies: Sequence[AssignedPolicy]) -> Subject:
        """The request after `append` and `modify`; a group's tags are inherited from there."""
        holding: list[tuple[AssignedPolicy, Situation]] = []
        for policy in policies:
            concerned = self._concerns(policy, subject)
            if concerned is False:
                continue
            situation = self._situation(policy, subject)
            verdict = all_of((concerned, policy.definition.condition.verdict(situation)))
            if self._holds(policy, situation, verdict):
                holding.append((policy, situation))
        result = changed_request(subject, holding, self._ledger)
        if subject.id in self._groups:
            self._groups[subject.id] = result
        return result

    def _judge(self, policy: AssignedPolicy, subjects: Sequence[Subject]) -> None:
        for subject in subjects:
            concerned = self._concerns(policy, subject)
            if concerned is not False:
                situation = self._situation(policy, subject)
                verdict = all_of((concerned, policy.definition.condition.verdict(situation)))
                existence = self._existence.get(id(policy))
                if existence is not None and verdict is not False:
                    missing = negated(existence.exists(situation, self._stack))
                    verdict = missing if verdict is True or missing is False else verdict
                if self._holds(policy, situation, verdict):
                    self._told(policy, situation)

    def _concerns(self, policy: AssignedPolicy, subject: Subject) -> Verdict:
        """Whether scope, mode, type and selectors leave anything to evaluate."""
        groups = self._file.management_groups
        if policy.definition.mode == "indexed" and not (subject.supports_tags and _is_indexed(subject)):
            return False
        if not self._is_of_type(policy, subject) or not covers(policy.scope, subject.id, groups):
            return False
        if any(covers(scope, subject.id, groups) for scope in policy.not_scopes):
            return False
        if policy.effect == "denyAction" and subject.type.lower() in _ALWAYS_DELETED:
            return False
        overridden = Doubt(policy.in_doubt) if policy.in_doubt else True
        return all_of((all_selected(policy.only, subject), selected(policy.selections, subject), overridden))

    def _is_of_type(self, policy: AssignedPolicy, subject: Subject) -> bool:
        key = (id(policy), subject.type)
        if key not in self._types:
            situation = self._situation(policy, subject)
            self._types[key] = policy.definition.condition.of_type(situation) is not False
        return self._types[key]

    def _situation(self, policy: AssignedPolicy, subject: Subject) -> Situation:
        return Situation(self._surroundings, subject, subject, policy.parameters, policy.ids)

    def _holds(self, policy: AssignedPolicy, situation: Situation, verdict: Verdict) -> bool:
        """Whether the policy acts on the resource; all else is counted here."""
        subject = situation.subject
        if verdict is False:
            self._ledger.count(policy, PolicyOutcome.PASSED)
            return False
        exempt = self._is_exempt(policy, subject)
        verdict = all_of((verdict, negated(exempt)))
        if exempt is True:
            self._ledger.count(policy, PolicyOutcome.EXEMPTED)
        elif isinstance(verdict, Doubt):
            self._ledger.doubt(policy, subject, verdict)
        elif not policy.enforced:
            why = self._why(policy, situation)[0]
            text = wording.not_enforced(policy, why)
            self._ledger.warn(policy, subject, PolicyOutcome.NOT_ENFORCED, table.NOT_ENFORCED, text)
        else:
            return True
        return False

    def _is_exempt(self, policy: AssignedPolicy, subject: Subject) -> Verdict:
        assignment, reference = policy.ids.assignment.lower(), policy.ids.reference.lower()
        groups = self._file.management_groups
        return any_of(one.holds(subject, assignment, reference, groups) for one in self._exemptions)

    def _told(self, policy: AssignedPolicy, situation: Situation) -> None:
        subject = situation.subject
        match policy.effect:
            case "deny":
                why, path = self._why(policy, situation)
                self._ledger.refuse(policy, subject, table.DENIED, wording.denied(policy, why), path)
            case "audit":
                why, path = self._why(policy, situation)
                text = wording.audited(policy, why)
                self._ledger.warn(policy, subject, PolicyOutcome.AUDITED, table.AUDITED, text, path)
            case "denyAction":
                self._ledger.refuses_deletion(policy, subject)
            case _:
                self._tell_related(policy, situation)

    def _tell_related(self, policy: AssignedPolicy, situation: Situation) -> None:
        subject, existence = situation.subject, self._existence[id(policy)]
        related = existence.type_for(situation)
        if policy.effect == "deployIfNotExists":
            text = wording.deployed(policy, related, existence.will_deploy(related))
            self._ledger.warn(policy, subject, PolicyOutcome.DEPLOYED, table.DEPLOYED, text)
        else:
            text = wording.missing_related(policy, related)
            self._ledger.warn(policy, subject, PolicyOutcome.AUDITED, table.MISSING_RELATED, text)

    def _why(self, policy: AssignedPolicy, situation: Situation) -> tuple[str, str]:
        """The reasons as text, and the first property among them."""
        try:
            reasons = list(policy.definition.condition.reasons(situation, holds=True))
        except DoubtError:  # the verdict did not need what one of the reasons asks for
            reasons = []
        text = wording.reasons_text(reasons, situation.subject)
        return text or f"its type is {situation.subject.type}", wording.first_path(reasons)


def _is_indexed(subject: Subject) -> bool:
    return subject.type != RESOURCE_GROUP_TYPE
