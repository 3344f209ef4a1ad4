"""The steps around a release, against a factory on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.data.data_factory import trigger_steps
from infra.data.data_factory.running_triggers import FactoryTriggers, TriggerError
from infra.data.data_factory.trigger_steps import around, factory_id, main, running_names, start, stop
from tests.infra.platforms import resources_of
from tests.infra.preflight.fake_arm import Answer, FakeArm, fake_arm
from tests.infra.stack_settings import patched_settings, settings_of
from tests.reference_platform import stack_file

FACTORY = (
    "/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-forecast-prod-weu/providers"
    "/Microsoft.DataFactory/factories/adf"
)
LIST = f"GET {FACTORY}/triggers"


def listed(**states: str) -> Answer:
    """Triggers by name: Started or Stopped, of events where the name says so."""
    return Answer(
        {
            "value": [
                {
                    "name": name,
                    "properties": {
                        "type": "BlobEventsTrigger" if "landed" in name else "ScheduleTrigger",
                        "runtimeState": state,
                    },
                }
                for name, state in states.items()
            ]
        }
    )


def act(name: str, action: str) -> str:
    return f"POST {FACTORY}/triggers/{name}/{action}"


def of(arm: FakeArm, slept: list[float] | None = None) -> FactoryTriggers:
    pause: Callable[[float], None] = slept.append if slept is not None else lambda _seconds: None
    return FactoryTriggers(FACTORY, "token", arm.url, pause=pause, polls=3)


def calls(arm: FakeArm) -> list[str]:
    """What was asked, as NAME/ACTION."""
    return [asked.rpartition("/triggers/")[2] for asked in arm.asked if asked.startswith("POST")]


def test_all_that_runs_is_stopped_and_what_settings_say_is_started() -> None:
    """Also a trigger that settings no longer name: `up` is about to delete it, which Azure refuses while it runs."""
    answers = {
        LIST: [
            listed(nightly="Started", old="Started", resting="Stopped"),
            listed(nightly="Stopped", new="Stopped"),
        ],
        **{act(name, "stop"): [Answer()] for name in ("nightly", "old")},
        **{act(name, "start"): [Answer()] for name in ("nightly", "new")},
    }
    with fake_arm(answers) as arm:
        assert around(of(arm), ["nightly", "new"], lambda: 0) == 0
        assert calls(arm) == ["nightly/stop", "old/stop", "nightly/start", "new/start"]


def test_a_release_that_fails_leaves_running_what_ran() -> None:
    answers = {
        LIST: [listed(nightly="Started", old="Started", resting="Stopped")],
        **{act(name, action): [Answer()] for name in ("nightly", "old") for action in ("stop", "start")},
    }
    with fake_arm(answers) as arm:
        assert around(of(arm), ["nightly", "resting"], lambda: 255) == 255
        assert calls(arm) == ["nightly/stop", "old/stop", "nightly/start", "old/start"]


def test_a_release_that_is_interrupted_leaves_running_what_ran() -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    answers = {LIST: [listed(nightly="Started")], act("nightly", "stop"): [Answer()]}
    with fake_arm({**answers, act("nightly", "start"): [Answer()]}) as arm:
        with pytest.raises(KeyboardInterrupt):
            around(of(arm), ["nightly"], interrupted)
        assert calls(arm) == ["nightly/stop", "nightly/start"]


def test_where_one_refuses_to_stop_nothing_is_released() -> None:
    ran: list[str] = []
    refusal = Answer({"error": {"code": "AuthorizationFailed", "message": "no right"}}, 403)
    answers = {
        LIST: [listed(first="Started", second="Started")],
        act("first", "stop"): [Answer()],
        act("second", "stop"): [refusal],
        act("first", "start"): [Answer()],
        act("second", "start"): [refusal],
    }

    def release() -> int:
        ran.append("up")
        return 0

    with fake_arm(answers) as arm:
        with pytest.raises(TriggerError, match="AuthorizationFailed"):
            around(of(arm), ["first"], release)
        assert calls(arm) == ["first/stop", "second/stop", "first/start", "second/start"]
    assert not ran


def test_a_factory_that_does_not_exist_yet_has_nothing_to_stop() -> None:
    with fake_arm({}) as arm:
        assert stop(of(arm)) == []


def test_a_trigger_that_was_not_made_is_said_and_keeps_no_other_from_starting() -> None:
    with fake_arm({LIST: [listed(there="Stopped")], act("there", "start"): [Answer()]}) as arm:
        with pytest.raises(TriggerError, match="not in the factory: gone; `up` makes them"):
            start(of(arm), ["gone", "there"])
        assert calls(arm) == ["there/start"]


def test_a_trigger_that_runs_is_not_started_twice() -> None:
    with fake_arm({LIST: [listed(nightly="Started")]}) as arm:
        start(of(arm), ["nightly"])
        assert calls(arm) == []


def test_events_are_subscribed_to_before_their_trigger_starts() -> None:
    slept: list[float] = []
    answers = {
        LIST: [listed(landed="Stopped")],
        act("landed", "subscribeToEvents"): [Answer(status=202)],
        act("landed", "getEventSubscriptionStatus"): [
            Answer({"status": "Provisioning"}),
            Answer({"status": "Enabled"}),
        ],
        act("landed", "start"): [Answer()],
    }
    with fake_arm(answers) as arm:
        start(of(arm, slept), ["landed"])
        asked = "getEventSubscriptionStatus"
        assert calls(arm) == [
            "landed/subscribeToEvents",
            f"landed/{asked}",
            f"landed/{asked}",
            "landed/start",
        ]
    assert slept == [15]


def test_a_subscription_that_never_ends_is_said() -> None:
    answers = {
        LIST: [listed(landed="Started")],
        act("landed", "unsubscribeFromEvents"): [Answer(status=202)],
        act("landed", "getEventSubscriptionStatus"): [Answer({"status": "Deprovisioning"})],
        act("landed", "subscribeToEvents"): [Answer({}, 404)],
        act("landed", "start"): [Answer()],
    }
    with (
        fake_arm(answers) as arm,
        pytest.raises(TriggerError, match="is not Disabled after 45 seconds"),
    ):
        stop(of(arm))


def test_a_busy_service_is_asked_again_when_it_says() -> None:
    slept: list[float] = []
    busy = Answer({"error": {"code": "TooManyRequests"}}, 429, {"Retry-After": "7"})
    answers = {LIST: [listed(nightly="Started")], act("nightly", "stop"): [busy, Answer()]}
    with fake_arm(answers) as arm:
        assert [trigger.name for trigger in stop(of(arm, slept))] == ["nightly"]
    assert slept == [7]


def test_every_page_is_read() -> None:
    first: dict[str, Any] = listed(nightly="Started").body
    page = f"{FACTORY}/more"
    answers = {
        LIST: [Answer({**first, "nextLink": "{url}" + page})],
        f"GET {page}": [listed(hourly="Started")],
        **{act(name, "stop"): [Answer()] for name in ("nightly", "hourly")},
    }
    with fake_arm(answers) as arm:
        assert [trigger.name for trigger in stop(of(arm))] == ["nightly", "hourly"]


@pytest.mark.xdist_group("platforms")
@pytest.mark.parametrize(("stack", "names"), [("dev", []), ("prod", ["publish_predictions_morning"])])
def test_the_steps_name_what_is_deployed(stack: str, names: list[str]) -> None:
    made = {item["name"]: item for item in resources_of(stack) if item["custom"]}
    assert factory_id(settings_of(stack)) == made["data-factory"]["id"]
    assert list(running_names(settings_of(stack))) == names
    assert set(names) <= {item["inputs"].get("triggerName") for item in made.values()}


def test_a_pipeline_that_runs_jobs_starts_once_their_code_is_released() -> None:
    settings = patched_settings({"databricks": {"code": "released"}}, base="prod")
    assert list(running_names(settings)) == ["daily_load_nightly", "publish_predictions_morning"]


def test_refused_settings_end_the_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["stop", "--stack", "dev"]) == 2


def test_around_a_command_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(stack_file("prod"), tmp_path)
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-c", "import sys; sys.exit(7)"]
    with fake_arm({}) as arm:
        code = main(["around", "--stack", "prod", "--", *command], lambda _subscription: "token", arm.url)
        assert code == 7
        assert [asked.partition(" ")[0] for asked in arm.asked] == ["GET"]


def test_around_wants_a_command_and_the_halves_take_none() -> None:
    for arguments in (["around", "--stack", "dev"], ["stop", "--stack", "dev", "--", "pulumi", "up"]):
        with pytest.raises(SystemExit):
            main(arguments)


def test_a_runner_that_ends_the_step_ends_the_command_in_its_own_way() -> None:
    """The engine answers SIGTERM by finishing what it does; a kill would leave pending operations."""
    script = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(3))\ntime.sleep(30)"

    def end() -> None:
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=end)
    thread.start()
    assert trigger_steps.run_command([sys.executable, "-c", script]) == 3
    thread.join()


def test_nobody_signed_in_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], 1, "", "Please run 'az login'")
    monkeypatch.setattr(subprocess, "run", lambda *_arguments, **_keywords: done)
    with pytest.raises(TriggerError, match="no token of Azure: Please run 'az login'; sign in: az login"):
        trigger_steps.azure_token("s")
