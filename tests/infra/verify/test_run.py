"""What ends a run is said once, within a bound: no credentials, no network, a sign-in that has ended, no time left."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from azure.core.exceptions import ServiceRequestError

from infra.live.exit_codes import ExitCode
from infra.verify.outcome import Verdict, exit_code
from infra.verify.sign_in import NothingToAskError
from infra.verify.wire import Wire
from tests.infra.preflight.fake_arm import Answer
from tests.infra.verify.cloud import (
    SUBSCRIPTION,
    VAULT,
    Open,
    Refused,
    Signed,
    cloud,
    everywhere_public,
    output,
    promise,
)

INDEX = {"host": "packages.example.com", "port": 443}
SECRETS = "GET kv-one.vault.azure.net/secrets"
EXPIRED = {
    "error": {
        "code": "ExpiredAuthenticationToken",
        "message": "The access token expiry UTC time is earlier than current UTC time",
    }
}


def nothing_to_ask(says: str, answers: Mapping[str, list[Answer]], **other: Any) -> None:
    """Of thirty promises none is asked; one thing is said."""
    with cloud(answers, **other) as platform, pytest.raises(NothingToAskError, match=says):
        platform.report(many(30))


def many(number: int, does: str = "see secrets", on: str = VAULT) -> dict[str, Any]:
    return output(**{f"promise-{index:02}": promise(does, on) for index in range(number)})


def unresolved(_host: str) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_nobody_is_signed_in() -> None:
    nobody = Refused("", "DefaultAzureCredential failed to retrieve a token from the included credentials.")
    with cloud({}, credential=nobody) as platform, pytest.raises(NothingToAskError) as ended:
        platform.report(many(30))
    assert "nobody is signed in" in str(ended.value)
    assert ended.value.to_do.startswith("az login --tenant")
    assert platform.arm.asked == []


def test_without_a_network_the_sign_in_is_not_to_blame() -> None:
    nobody = Refused("", "DefaultAzureCredential failed to retrieve a token from the included credentials.")
    nothing_to_ask(
        r"no network to Azure: login.microsoftonline.com",
        {},
        credential=nobody,
        wire=Wire(resolve=unresolved),
    )


class Unplugged(Signed):
    def get_token(self, *_scopes: str, **_options: Any) -> Any:
        raise ServiceRequestError("Failed to establish a new connection")


def test_a_kept_token_does_not_hide_that_there_is_no_network() -> None:
    nothing_to_ask("no network to Azure", {}, credential=Unplugged())
    nothing_to_ask(
        "no network to Azure: no answer about the subscription", {f"GET {SUBSCRIPTION}": [Answer(hang=True)]}
    )


def test_a_sign_in_to_another_tenant_is_no_answer_about_this_one() -> None:
    nothing_to_ask("signed in to c0000000", {}, credential=Signed(tid="c0000000-0000-4000-8000-000000000001"))


def test_a_token_that_has_expired_before_anything_is_asked() -> None:
    nothing_to_ask("does not accept the token", {f"GET {SUBSCRIPTION}": [Answer(EXPIRED, 401)]})


def test_a_token_that_expires_on_the_way_is_said_once() -> None:
    with cloud({SECRETS: [Answer({}), Answer(EXPIRED, 401)]}) as platform:
        report = platform.report(many(40))
    counts = Counter(outcome.verdict for outcome in report.run.outcomes)
    assert report.run.ended.startswith("the sign-in has ended: ")
    assert "ExpiredAuthenticationToken" in report.run.ended
    # The one good answer may come too late to be counted.
    assert Verdict.UNASKED in counts
    assert set(counts) <= {Verdict.PASSED, Verdict.UNASKED}
    assert len(report.run.outcomes) == 40
    # What was under way ends; nothing else is begun.
    assert platform.arm.asked.count("GET /kv-one.vault.azure.net/secrets") < 40
    assert exit_code(report.run.outcomes) is ExitCode.UNASKED


def test_a_pipelines_own_token_that_has_expired_is_such_an_end() -> None:
    late = Refused("vault.azure.net", "AADSTS700024: Client assertion is not within its valid time range.")
    with cloud({SECRETS: [Answer({})]}, credential=late) as platform:
        report = platform.report(many(3))
    assert {outcome.verdict for outcome in report.run.outcomes} == {Verdict.UNASKED}
    assert "AADSTS700024" in report.run.ended


def test_nothing_is_waited_for_beyond_the_time_limit() -> None:
    waiting = threading.Event()

    def late(host: str) -> tuple[str, ...]:
        if host.startswith("kv-"):
            waiting.wait(30)
        return everywhere_public(host)

    with cloud({SECRETS: [Answer({})]}, wire=Open(resolve=late, seconds=30)) as platform:
        report = platform.report(many(20), seconds=0.5)
        waiting.set()
    assert report.run.ended == "the time is up"
    assert {outcome.verdict for outcome in report.run.outcomes} == {Verdict.UNASKED}


def test_no_more_than_eight_are_asked_at_once() -> None:
    lock, now, most = threading.Lock(), [0], [0]
    together = threading.Barrier(8, timeout=10)

    def counted(host: str) -> tuple[str, ...]:
        if host.startswith("kv-"):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            together.wait()
            with lock:
                now[0] -= 1
        return everywhere_public(host)

    with cloud({SECRETS: [Answer({})]}, wire=Open(resolve=counted)) as platform:
        report = platform.report(many(24))
    assert {outcome.verdict for outcome in report.run.outcomes} == {Verdict.PASSED}
    assert most[0] == 8


def test_a_broken_promise_counts_before_one_that_was_not_asked() -> None:
    with cloud({SECRETS: [Answer({}, 403)]}) as platform:
        outcomes = platform.report(many(1)).run.outcomes
    assert exit_code(outcomes) is ExitCode.FAILED
    assert exit_code(()) is ExitCode.PASSED


def test_what_is_broken_is_asked_again_as_a_new_grant_takes_minutes() -> None:
    patient = {"retry_seconds": 20, "pause_seconds": 0.05}
    with cloud({SECRETS: [Answer({}, 403), Answer({}, 403), Answer({})]}) as platform:
        two = output(one=promise("see secrets", VAULT), two=promise("reach", "", over=INDEX))
        report = platform.report(two, **patient)
        assert [outcome.verdict for outcome in report.run.outcomes] == [Verdict.PASSED, Verdict.PASSED]
        assert platform.arm.asked.count("GET /kv-one.vault.azure.net/secrets") == 3
    with cloud({SECRETS: [Answer({}, 403), Answer({})]}) as platform:
        assert exit_code(platform.report(many(1)).run.outcomes) is ExitCode.FAILED


def test_a_sign_in_that_ends_while_asking_again_leaves_what_was_found() -> None:
    with cloud({SECRETS: [Answer({}, 403), Answer(EXPIRED, 401)]}) as platform:
        report = platform.report(many(1), retry_seconds=20, pause_seconds=0.05)
    assert report.run.ended.startswith("the sign-in has ended")
    assert exit_code(report.run.outcomes) is ExitCode.FAILED
