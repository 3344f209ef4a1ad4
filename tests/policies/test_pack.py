"""The pack as the engine runs it: through the SDK's own servicer, and as a process through the rehearsal."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import policy as sdk

from policies.frame.configuration import (
    PolicyConfigurationError,
    RuleConfiguration,
    read_configuration,
)
from policies.frame.judged import About, Judged
from policies.frame.pack import FOLDER, Pack, what_to_do
from policies.frame.program_files import FILES_OF_RULES
from policies.frame.registry import all_rules
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    AnyRule,
    Cases,
    Kind,
    Level,
    Rule,
    Severity,
)
from policies.frame.settings_keys import SETTINGS_OF_RULES
from policies.frame.unpacking import unpack_each_resource_once
from policies.frame.waivers import Waiver, place_of, read_waivers
from rehearsal.cli import main
from rehearsal.model.wire import to_struct
from tests.infra.platforms import ROOT
from tests.setting_keys import is_setting, keys_in

TODAY = datetime.date(2026, 11, 21)
TAGS = {"environment": "prod", "workload": "forecast", "owner": "a@example.com", "managed-by": "pulumi"}
ACCOUNT = "azure-native:storage:StorageAccount"
URN = f"urn:pulumi:prod::mlplatform::my:Part${ACCOUNT}::lake"
IDS = {rule.id for rule in all_rules()}
SHARED_KEY = next(rule for rule in all_rules() if rule.id == "AMLP-ST-001")
MINIMUM_TLS = next(rule for rule in all_rules() if rule.id == "AMLP-ST-003")
REQUIRED_TAGS = next(rule for rule in all_rules() if rule.id == "AMLP-TG-001")


def waiver(**changes: object) -> Waiver:
    given = {
        "rule": "AMLP-ST-001",
        "resource": f"prod/{ACCOUNT}/lake",
        "reason": "a tool of last century needs the key",
        "owner": "a@example.com",
        "expires": datetime.date(2027, 1, 31),
        **changes,
    }
    return Waiver(**given)


class Analyzer:
    """The SDK's servicer around a few rules."""

    def __init__(
        self, *rules: AnyRule, waivers: tuple[Waiver, ...] = (), level: Level = Level.MANDATORY
    ) -> None:
        thresholds = {rule.id: {each.name: each.default for each in rule.thresholds} for rule in rules}
        self.pack = Pack(
            about=About("prod", "prod", TODAY, TAGS),
            rules=rules,
            configuration={rule.id: RuleConfiguration(level, thresholds[rule.id]) for rule in rules},
            waivers=waivers,
        )
        self._servicer = sdk._PolicyAnalyzerServicer(
            "pack",
            "1.0.0",
            self.pack.policies(),
            sdk.EnforcementLevel.MANDATORY,
            self.pack.initial_configuration(),
        )
        levels = {Level.MANDATORY: analyzer_pb2.MANDATORY, Level.REMEDIATE: analyzer_pb2.REMEDIATE}
        self._servicer.Configure(
            analyzer_pb2.ConfigureAnalyzerRequest(
                policyConfig={
                    rule.id: analyzer_pb2.PolicyConfig(enforcementLevel=levels[level]) for rule in rules
                }
            ),
            None,
        )

    def resource(self, props: Mapping[str, object]) -> list[tuple[str, str, int]]:
        answer = self._servicer.Analyze(self._request(props), None)
        return [(one.policyName, one.message, one.enforcementLevel) for one in answer.diagnostics]

    def remedied(self, props: Mapping[str, object]) -> list[Mapping[str, object]]:
        answer = self._servicer.Remediate(self._request(props), None)
        return [dict(one.properties) for one in answer.remediations]

    def stack(self) -> list[tuple[str, str]]:
        answer = self._servicer.AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(resources=[]), None)
        return [(one.policyName, one.message) for one in answer.diagnostics]

    @staticmethod
    def _request(props: Mapping[str, object]) -> analyzer_pb2.AnalyzeRequest:
        return analyzer_pb2.AnalyzeRequest(type=ACCOUNT, urn=URN, name="lake", properties=to_struct(props))


def test_a_violation_says_what_why_and_what_to_do() -> None:
    [(name, message, level)] = Analyzer(SHARED_KEY).resource({"allowSharedKeyAccess": True})
    assert name == "AMLP-ST-001"
    assert level == analyzer_pb2.MANDATORY
    why, what, todo, *_ = message.splitlines()
    assert why.startswith("Storage accounts refuse shared keys. An account key opens every container")
    assert what == "allowSharedKeyAccess is true: it must be false"
    assert todo.startswith("To do: Set allow_shared_key_access=False")


def test_an_unknown_value_is_not_evaluated() -> None:
    [(name, message, level)] = Analyzer(SHARED_KEY).resource({"allowSharedKeyAccess": UNKNOWN_STRING})
    assert name == "AMLP-ST-001"
    assert message.startswith("can't run policy 'AMLP-ST-001'")
    assert level == analyzer_pb2.ADVISORY


def broken(_: Judged) -> Iterator[str]:
    raise KeyError("colour")
    yield ""


def test_a_rule_that_raises_is_its_own_failure() -> None:
    cases = Cases(allowed=({},), denied=({},), omitted={}, unknown={})
    rule = Rule("AMLP-XX-001", "Broken", Severity.LOW, (ACCOUNT,), broken, "why", "fix", cases, Anchors())
    found = Analyzer(rule, SHARED_KEY).resource({"allowSharedKeyAccess": True})
    assert [name for name, *_ in found] == ["AMLP-XX-001", "AMLP-ST-001"]
    assert "the rule itself failed: KeyError: 'colour'" in found[0][1]


def test_a_waived_violation_is_listed_instead() -> None:
    analyzer = Analyzer(SHARED_KEY, waivers=(waiver(),))
    assert analyzer.resource({"allowSharedKeyAccess": True}) == []
    [(name, message)] = analyzer.stack()
    assert name == "AMLP-WV-002"
    assert "a tool of last century needs the key (a@example.com, until 2027-01-31)" in message


def test_an_expired_waiver_waives_nothing_and_is_a_violation() -> None:
    analyzer = Analyzer(SHARED_KEY, waivers=(waiver(expires=datetime.date(2026, 11, 20)),))
    assert len(analyzer.resource({"allowSharedKeyAccess": True})) == 1
    [(name, message)] = analyzer.stack()
    assert name == "AMLP-WV-001"
    assert "expired on 2026-11-20" in message


def test_an_expired_waiver_of_another_stack_is_no_violation_of_this_one() -> None:
    day = datetime.date(2026, 11, 20)
    analyzer = Analyzer(SHARED_KEY, waivers=(waiver(resource="dev/*", expires=day),))
    analyzer.resource({"allowSharedKeyAccess": False})
    assert analyzer.stack() == []


def test_a_finding_names_the_setting_and_the_key_of_the_policy_file() -> None:
    (rule,) = (one for one in all_rules() if one.id == "AMLP-FN-005")
    assert what_to_do(rule, Kind.NONPROD).splitlines()[1:] == [
        "Setting: observability.log_analytics.daily_quota_gb",
        "The rule itself: AMLP-FN-005 in policies/nonprod.json (maximumGb)",
    ]


def test_settings_and_files_that_decide_a_rule_exist_and_belong_to_a_rule() -> None:
    assert SETTINGS_OF_RULES.keys() <= IDS
    assert FILES_OF_RULES.keys() <= IDS - SETTINGS_OF_RULES.keys()
    assert [key for keys in SETTINGS_OF_RULES.values() for key in keys if not is_setting(key)] == []
    assert [file for files in FILES_OF_RULES.values() for file in files if not (ROOT / file).is_file()] == []


def test_every_rule_names_the_setting_or_the_file_that_decides_it() -> None:
    nowhere = [
        rule.id
        for rule in all_rules()
        if not ({rule.id} & (SETTINGS_OF_RULES.keys() | FILES_OF_RULES.keys()) or any(keys_in(rule.fix)))
    ]
    # Of any resource, and of databases, which this platform does not deploy.
    assert nowhere == [
        "AMLP-RT-001",
        "AMLP-RT-002",
        "AMLP-SC-001",
        "AMLP-SQ-001",
        "AMLP-SQ-003",
        "AMLP-SQ-004",
    ]


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        ("prod/*", ["AMLP-WV-001"]),
        ("dev/*", []),
        # For the stacks that need it.
        ("*/azure-native:storage:StorageAccount/*", []),
        ("p*/*", []),
    ],
)
def test_an_unused_waiver_is_a_violation_of_the_stack_that_it_names(resource: str, names: list[str]) -> None:
    analyzer = Analyzer(SHARED_KEY, waivers=(waiver(resource=resource),))
    analyzer.resource({"allowSharedKeyAccess": False})
    assert [name for name, _ in analyzer.stack()] == names


@pytest.mark.parametrize(
    ("rule", "props", "changed"),
    [
        (MINIMUM_TLS, {"minimumTlsVersion": "TLS1_0"}, {"minimumTlsVersion": "TLS1_2"}),
        (REQUIRED_TAGS, {"tags": {"owner": "me"}}, {"tags": {**TAGS, "owner": "me", "component": "lake"}}),
    ],
)
def test_a_remedy_changes_what_is_wrong_and_nothing_else(
    rule: AnyRule, props: Mapping[str, object], changed: Mapping[str, object]
) -> None:
    [found] = Analyzer(rule, level=Level.REMEDIATE).remedied({**props, "kind": "StorageV2"})
    assert found["kind"] == "StorageV2"
    for name, value in changed.items():
        given = found[name]
        assert (dict(given) if isinstance(given, struct_pb2.Struct) else given) == value
    assert Analyzer(MINIMUM_TLS, level=Level.REMEDIATE).remedied({"minimumTlsVersion": "TLS1_2"}) == []


def test_each_resource_is_unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json_format", "deserialize_properties", "unknown_checking_proxy"):
        monkeypatch.setattr(sdk, name, getattr(sdk, name))
    servicer = sdk._PolicyAnalyzerServicer
    settings = 0

    def configured(_: object) -> None:
        nonlocal settings
        settings += 1

    monkeypatch.setattr(servicer, "_configure_runtime_settings", configured)
    for name in ("_get_resource_options", "_get_provider_resource"):
        monkeypatch.setattr(servicer, name, getattr(servicer, name))
    calls: list[object] = []
    original = getattr(sdk, "unknown_checking_proxy")  # noqa: B009 - not exported

    def counted(props: dict[str, object]) -> object:
        calls.append(props)
        return original(props)

    monkeypatch.setattr(sdk, "unknown_checking_proxy", counted)
    unpack_each_resource_once()
    analyzer = Analyzer(SHARED_KEY, MINIMUM_TLS)
    found = analyzer.resource({"allowSharedKeyAccess": True, "minimumTlsVersion": "TLS1_0"})
    assert len(found) == 2
    assert len(calls) == 1
    assert analyzer.resource({"allowSharedKeyAccess": False, "minimumTlsVersion": "TLS1_2"}) == []
    assert settings == 1


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        ("{", Kind.PROD, "prod.json: not JSON"),
        ("[]", Kind.PROD, "must be a map from rule id"),
        ('{"AMLP-ZZ-999": "disabled"}', Kind.PROD, "AMLP-ZZ-999: no such rule"),
        ('{"AMLP-ST-013": "strict"}', Kind.PROD, "level 'strict' is none of advisory, mandatory"),
        ('{"AMLP-ST-013": {"days": 3}}', Kind.PROD, "no threshold days (it has minimumDays)"),
        (
            '{"AMLP-ST-013": {"minimumDays": "many"}}',
            Kind.PROD,
            "minimumDays is 'many': it must be a whole number",
        ),
        ('{"AMLP-ST-013": {"minimumDays": 0}}', Kind.PROD, "minimumDays is 0: it must be at least 1"),
        (
            '{"AMLP-TG-003": {"regions": "westeurope"}}',
            Kind.PROD,
            "regions is 'westeurope': it must be a list",
        ),
        ('{"AMLP-ST-001": "remediate"}', Kind.NONPROD, "has no remediation"),
        ('{"AMLP-ST-003": "remediate"}', Kind.PROD, "remediate changes production unseen"),
    ],
)
def test_a_broken_configuration_is_refused(tmp_path: Path, content: str, kind: Kind, problem: str) -> None:
    path = tmp_path / "prod.json"
    path.write_text(content)
    with pytest.raises(PolicyConfigurationError) as raised:
        read_configuration(path, kind, all_rules())
    assert problem in str(raised.value)


def test_a_configuration_changes_level_and_threshold(tmp_path: Path) -> None:
    path = tmp_path / "prod.json"
    path.write_text(
        json.dumps(
            {
                "AMLP-ST-013": {"minimumDays": 60, "enforcementLevel": "advisory"},
                "AMLP-ST-003": {"enforcementLevel": "remediate", "changesProduction": True},
            }
        )
    )
    found = read_configuration(path, Kind.PROD, all_rules())
    assert found["AMLP-ST-013"] == RuleConfiguration(Level.ADVISORY, {"minimumDays": 60})
    assert found["AMLP-ST-003"].level is Level.REMEDIATE
    assert found["AMLP-ST-001"].level is Level.MANDATORY


def test_a_rule_of_the_other_kind_is_off() -> None:
    found = read_configuration(FOLDER / "nonprod.json", Kind.NONPROD, all_rules())
    assert found["AMLP-ST-006"].level is Level.DISABLED


VALID = "rule: AMLP-ST-001, resource: 'prod/*', reason: a tool of last century needs it, owner: me, expires: 2027-01-31"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "not YAML"),
        ("rule: AMLP-ST-001", "must be a list of waivers"),
        ("- AMLP-ST-001", "waiver 1: must be a map"),
        (f"- {{{VALID}, ticket: 7}}", "no field ticket"),
        (f"- {{{VALID.replace('owner: me, ', '')}}}", "waiver 1: owner is missing"),
        (f"- {{{VALID.replace('ST-001', 'ST-999')}}}", "no rule AMLP-ST-999"),
        (f"- {{{VALID.replace('2027-01-31', 'soon')}}}", "expires is 'soon': it must be a date"),
        (f"- {{{VALID.replace('prod/*', 'lake')}}}", "resource is 'lake': it must be <stack>/<type>/<name>"),
        (
            f"- {{{VALID.replace('a tool of last century needs it', 'because')}}}",
            "'because' explains nothing",
        ),
    ],
)
def test_a_broken_waiver_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(content)
    with pytest.raises(PolicyConfigurationError) as raised:
        read_waivers(path, IDS)
    assert problem in str(raised.value)


def test_a_place_is_stack_type_and_name() -> None:
    assert place_of("prod", URN) == f"prod/{ACCOUNT}/lake"
    assert place_of("prod", "") == "prod/stack"


PROGRAM = """
import pulumi
from pulumi_azure_native import resources, storage
tags = {"environment": "dev", "workload": "forecast", "owner": "a", "cost-center": "b", "component": "c",
    "data-classification": "internal", "managed-by": "pulumi"}
safe = pulumi.ResourceOptions(protect=True)
group = resources.ResourceGroup("group", resource_group_name="rg-forecast-dev", location="westeurope", tags=tags,
    opts=safe)
storage.StorageAccount("lake", resource_group_name=group.name, account_name="stforecastdev", location="westeurope",
    kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2", allow_shared_key_access=True,
    tags=tags, opts=safe)
"""


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    def write(program: str) -> Path:
        (tmp_path / "Pulumi.yaml").write_text("name: mlplatform\nruntime: python\n")
        (tmp_path / "Pulumi.dev.yaml").write_text(
            "config:\n  mlplatform:environment: {kind: nonprod, workload: forecast}\n  mlplatform:today: '2026-11-21'\n"
        )
        (tmp_path / "__main__.py").write_text(program)
        return tmp_path

    return write


def test_the_pack_runs_as_a_process_and_a_mandatory_violation_exits_with_three(
    project: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(PROGRAM)
    arguments = ["preview", "--project", str(folder), "--stack", "dev", "--policy-pack", str(FOLDER)]
    assert main([*arguments, "--findings"]) == 3
    shown = capsys.readouterr().out
    assert "Policy pack azure-ml-platform 1.0.0: " in shown
    assert (
        "  AMLP-ST-001 (mandatory, high) urn:pulumi:dev::mlplatform::azure-native:storage:StorageAccount::lake\n"
        "    Storage accounts refuse shared keys."
    ) in shown
    assert "    To do: Set allow_shared_key_access=False" in shown
    assert "AMLP-ST-006" not in shown  # public endpoints are production's business
    assert "AMLP-FN-006 (mandatory, medium) the stack" in shown
    assert shown.index("AMLP-ST-004 (mandatory, critical)") < shown.index("AMLP-ST-001 (mandatory, high)")
    assert "    The rule itself: AMLP-ST-001 in policies/nonprod.json (its level)" in shown
    # Waivers that this program does not need are for other stacks.
    assert "AMLP-WV-001" not in shown
