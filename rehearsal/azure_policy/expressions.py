"""Values of a policy: literals, and template expressions compiled once and evaluated for each resource.

Sources: `azure_facts.azure_policy.RULE_SOURCE`, Policy functions, and `FUNCTIONS_SOURCE` for `if`, `and`, `or`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from azure_facts.azure_policy import FUNCTIONS_NOT_IN_POLICY, LONGEST_RESULT
from rehearsal.azure_policy.arguments import failed, value_in
from rehearsal.azure_policy.comparison import text_of
from rehearsal.azure_policy.fields import members, value_of
from rehearsal.azure_policy.functions import FUNCTIONS
from rehearsal.azure_policy.situation import Current, Situation
from rehearsal.azure_policy.syntax import Call, Index, Literal, Node, is_escaped, is_expression, parse
from rehearsal.azure_policy.verdict import DoubtError, DoubtKind, PolicyError
from rehearsal.model.values import UNKNOWN

Expression = Callable[[Situation], object]
_Special = Callable[[tuple[Expression, ...], Situation], object]

_DEPLOYER = object()
"""In the place of `requestContext().identity`."""

_PERHAPS_FAILED = (
    "{}, and Azure's documentation does not say whether and() and or() evaluate what no longer decides"
)

_WHO_DEPLOYS = "requestContext().identity is known only to who deploys"

_NOT_IN_POLICY = frozenset(name.lower() for name in FUNCTIONS_NOT_IN_POLICY)


def compiled(value: object) -> Expression:
    """A value of a policy; lists and objects may hold expressions. Raises `PolicyError` for one that cannot be read."""
    if isinstance(value, str):
        if is_expression(value):
            return _node(parse(value))
        text = value[1:] if is_escaped(value) else value
        return lambda _: text
    if isinstance(value, list) and _holds_expression(value):
        parts = [compiled(item) for item in value]
        return lambda situation: [part(situation) for part in parts]
    if isinstance(value, Mapping) and _holds_expression(value):
        named = {str(key): compiled(item) for key, item in value.items()}
        return lambda situation: {key: part(situation) for key, part in named.items()}
    return lambda _: value


def _holds_expression(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_expression(item) for item in value.values())
    if isinstance(value, list):
        return any(_holds_expression(item) for item in value)
    return isinstance(value, str) and value.startswith("[")


def _node(node: Node) -> Expression:
    if isinstance(node, Literal):
        value = node.value
        return lambda _: value
    if isinstance(node, Index):
        return _indexed(_node(node.base), _node(node.key))
    return _call(node)


def _indexed(base: Expression, key: Expression) -> Expression:
    def evaluate(situation: Situation) -> object:
        values, wanted = base(situation), key(situation)
        if values is _DEPLOYER:
            raise DoubtError(_WHO_DEPLOYS)
        if values is UNKNOWN or wanted is UNKNOWN:
            return UNKNOWN
        if isinstance(values, Mapping):
            # Azure's own "Inherit a tag from the resource group" compares a tag that may be missing with ''.
            return value_in(values, text_of(wanted))
        if isinstance(values, list) and isinstance(wanted, int):
            if not 0 <= wanted < len(values):
                raise failed(f"a list of {len(values)} has no member {wanted}")
            return values[wanted]
        if values is None:
            raise failed(f"nothing has no property {text_of(wanted)}")
        raise failed(f"a text or number has no property {text_of(wanted)}")

    return evaluate


def _call(node: Call) -> Expression:
    name = node.name.lower()
    arguments = tuple(_node(each) for each in node.arguments)
    special = _SPECIAL.get(name)
    if special is not None:
        least, most, apply = special
        _check_count(node, least, most)
        return lambda situation: apply(arguments, situation)
    function = FUNCTIONS.get(name)
    if function is None:
        return _unknown(node.name)
    _check_count(node, function.least, function.most)
    apply_known = function.apply

    def evaluate(situation: Situation) -> object:
        result = apply_known(tuple(_known(each, situation) for each in arguments))
        if isinstance(result, str) and len(result) > LONGEST_RESULT:
            raise failed(f"{node.name}() returns a text of more than {LONGEST_RESULT} characters")
        return result

    return evaluate


def _unknown(name: str) -> Expression:
    lower = name.lower()
    forbidden = lower in _NOT_IN_POLICY or lower.startswith("list")
    why = "is not for policies" if forbidden else "is not evaluated"

    def evaluate(_: Situation) -> object:
        raise DoubtError(f"function {name}() {why}", DoubtKind.FILE)

    return evaluate


def _check_count(node: Call, least: int, most: int | None) -> None:
    count = len(node.arguments)
    if count < least or (most is not None and count > most):
        raise PolicyError(f"function {node.name}() is given {count} arguments")


def _known(expression: Expression, situation: Situation) -> object:
    value = expression(situation)
    if value is _DEPLOYER:
        raise DoubtError(_WHO_DEPLOYS)
    if value is UNKNOWN:
        raise DoubtError("a part of the expression is known only after the deployment")
    return value


def _truth(expression: Expression, situation: Situation) -> bool:
    value = _known(expression, situation)
    if isinstance(value, bool):
        return value
    raise failed("a condition of a template function is neither true nor false")


def _if(arguments: tuple[Expression, ...], situation: Situation) -> object:
    return arguments[1 if _truth(arguments[0], situation) else 2](situation)


def _joined(decisive: bool) -> _Special:  # noqa: FBT001 - and, or: which value decides
    def evaluate(arguments: tuple[Expression, ...], situation: Situation) -> object:
        decided = False
        doubt: DoubtError | None = None
        for each in arguments:
            try:
                decided = _truth(each, situation) is decisive or decided
            except DoubtError as error:
                failed_after = error.doubt.kind is DoubtKind.FAILED
                if failed_after and decided:
                    raise DoubtError(_PERHAPS_FAILED.format(error.doubt.reason)) from error
                if failed_after and doubt is None:
                    raise
                doubt = doubt or error
        if doubt is not None and not decided:
            raise doubt
        return decisive if decided else not decisive

    return evaluate


def _coalesce(arguments: tuple[Expression, ...], situation: Situation) -> object:
    return next((value for each in arguments if (value := _known(each, situation)) is not None), None)


def _try_get(arguments: tuple[Expression, ...], situation: Situation) -> object:
    value = _known(arguments[0], situation)
    for each in arguments[1:]:
        key = _known(each, situation)
        if isinstance(value, Mapping):
            value = value_in(value, text_of(key))
        elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            return None
        if value is UNKNOWN:
            raise DoubtError("a part of the expression is known only after the deployment")
    return value


def _field(arguments: tuple[Expression, ...], situation: Situation) -> object:
    return value_of(text_of(_known(arguments[0], situation)), situation, situation.origin)


def _parameters(arguments: tuple[Expression, ...], situation: Situation) -> object:
    return situation.parameter(text_of(_known(arguments[0], situation)))


def _current(arguments: tuple[Expression, ...], situation: Situation) -> object:
    if not situation.counted:
        raise failed("current() is used outside of count")
    if not arguments:
        return situation.counted[-1].value
    name = text_of(_known(arguments[0], situation)).lower()
    for level in reversed(situation.counted):
        if level.name.lower() == name:
            return level.value
    for level in reversed(situation.counted):
        if level.steps is not None and name.startswith(level.name.lower()):
            return _below(level, name, situation)
    raise failed(f"current() is given {name}, which is not counted")


def _below(level: Current, name: str, situation: Situation) -> object:
    """A property of the member that is counted."""
    subject = situation.subject
    alias = situation.surroundings.aliases.find(subject.type, subject.resource.api_version, name)
    found = [value for value, _ in members(alias.steps, situation, subject)] if alias.steps else []
    several = "[*]" in name[len(level.name) :]
    return found if several else next(iter(found), None)


def _utc_now(arguments: tuple[Expression, ...], situation: Situation) -> object:
    if arguments:
        raise DoubtError("function utcNow() with a format is not evaluated", DoubtKind.FILE)
    return f"{situation.surroundings.today.isoformat()}T00:00:00.0000000Z"


def _policy(_: tuple[Expression, ...], situation: Situation) -> object:
    ids = situation.ids
    return {
        "assignmentId": ids.assignment,
        "definitionId": ids.definition,
        "setDefinitionId": ids.initiative or None,
        "definitionReferenceId": ids.reference or None,
    }


def _request_context(_: tuple[Expression, ...], situation: Situation) -> object:
    return {"apiVersion": situation.origin.resource.api_version, "identity": _DEPLOYER}


_SPECIAL: Mapping[str, tuple[int, int | None, _Special]] = {
    "and": (1, None, _joined(decisive=False)),
    "coalesce": (1, None, _coalesce),
    "current": (0, 1, _current),
    "field": (1, 1, _field),
    "if": (3, 3, _if),
    "or": (1, None, _joined(decisive=True)),
    "parameters": (1, 1, _parameters),
    "policy": (0, 0, _policy),
    "requestcontext": (0, 0, _request_context),
    "resourcegroup": (0, 0, lambda _, situation: situation.resource_group()),
    "subscription": (0, 0, lambda _, situation: situation.subscription()),
    "tryget": (2, None, _try_get),
    "utcnow": (0, 1, _utc_now),
}
"""Functions that look at the situation or leave arguments alone: least and most arguments, and what they do."""

FUNCTION_NAMES = frozenset({*_SPECIAL, *FUNCTIONS})
"""Every function that is evaluated, in lower case."""
