"""Who may sign in to an app: those who were assigned, or everybody in the tenant."""

from __future__ import annotations

from infra.preflight.finding import Finding, Verdict
from infra.settings.environment import EnvironmentKind
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import SIGN_IN, everything_is_right, look
from tests.infra.preflight.test_expectations import settings_of


def found(answer: Answer, kind: EnvironmentKind = EnvironmentKind.NONPROD) -> Finding:
    settings = settings_of("dev")
    environment = settings.environment.model_copy(update={"kind": kind})
    settings = settings.model_copy(update={"environment": environment})
    with fake_arm(everything_is_right() | {SIGN_IN: [answer]}) as arm:
        (finding,) = (one for one in look(arm, settings=settings) if one.check == "sign in of apps")
    return finding


def test_an_app_that_asks_for_an_assignment_is_right() -> None:
    assert found(Answer({"appRoleAssignmentRequired": True})).verdict is Verdict.OK


def test_an_app_that_lets_everybody_in_stops_prod_alone() -> None:
    told = found(Answer({"appRoleAssignmentRequired": False}))
    stopped = found(Answer({"appRoleAssignmentRequired": False}), EnvironmentKind.PROD)
    assert (told.verdict, stopped.verdict) == (Verdict.NOTE, Verdict.FAILED)
    assert "everybody in the tenant may sign in" in stopped.message
    assert stopped.run.endswith("--set appRoleAssignmentRequired=true")


def test_an_application_that_is_not_there_stops() -> None:
    finding = found(Answer({"error": {"code": "Request_ResourceNotFound"}}, 404))
    assert finding.verdict is Verdict.FAILED
    assert "is no application of the tenant" in finding.message


def test_who_may_not_read_the_directory_is_told_so() -> None:
    finding = found(Answer({"error": {"code": "Authorization_RequestDenied"}}, 403))
    assert finding.verdict is Verdict.NOTE
    assert "not looked at (Microsoft Graph answers 403)" in finding.message
