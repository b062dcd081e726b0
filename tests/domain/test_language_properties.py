"""What holds under every policy, the invented ones with all that the language can say included."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, NoteType
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.outcome import RequiredForm, State
from kkd_desktop.domain.policy import (
    Citation,
    DeviationEffect,
    ExceptionKind,
    FactKind,
    Policy,
    Validity,
)
from kkd_desktop.domain.trace import Trace, trace
from kkd_desktop.domain.values import decoded, encoded, replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy

FOLDERS = (paths.policies(), Path(__file__).parents[1] / "cases" / "policies")
FILES = sorted(
    file
    for folder in FOLDERS
    for file in folder.glob("*.toml")
    if 'kind = "set"' not in file.read_text("utf-8")
)


def read(file: Path) -> Policy:
    # Always in force: validity is a matter of its own.
    return replace(read_policy(file), validity=Validity())


def compiled(policy: Policy) -> CompiledPolicy:
    return CompiledPolicy(policy, WorkCalendar(policy.land, lookup=lambda land, year: ()))


POLICIES = {file.stem: read(file) for file in FILES}
KEPT = {name: compiled(policy) for name, policy in POLICIES.items()}
"""Asked for one client after another, as a worklist does."""

DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))
KINDS = st.builds(
    ContactKind,
    form=st.sampled_from(ContactForm),
    note_type=st.sampled_from(NoteType),
    attended=st.sampled_from((True, True, False)),
    qualified=st.booleans(),
    first=st.booleans(),
    phone_reason=st.booleans(),
)
CONTACTS = st.lists(st.builds(Contact, day=DAYS, kind=KINDS), max_size=8)
VALUES = {
    FactKind.FLAG: st.booleans(),
    FactKind.NUMBER: st.integers(0, 200),
    FactKind.DATE: DAYS,
    FactKind.TEXT: st.sampled_from(("Nord", "Süd")),
}


def histories(value: st.SearchStrategy[object]) -> st.SearchStrategy[Timeline]:
    period = st.builds(Period, value, st.none() | DAYS, st.none() | DAYS)
    return st.builds(Timeline.always, value) | st.builds(Timeline, st.lists(period, max_size=3))


def known_facts() -> dict[str, st.SearchStrategy[Timeline]]:
    facts = {
        "profile": histories(st.sampled_from([*texts.PROFILLAGEN])),
        "status": histories(st.sampled_from([*texts.STATUS])),
        "org": histories(st.sampled_from([*texts.ORG])),
        **{flag: histories(st.booleans()) for flag in texts.FLAGS},
    }
    for policy in POLICIES.values():
        for fact in policy.facts:
            choices = st.sampled_from([*fact.values]) if fact.values else VALUES[fact.kind]
            facts[fact.id] = histories(choices)
    return facts


EXCEPTIONS = [None, *{kind.id for policy in POLICIES.values() for kind in policy.exceptions}]
SUBJECTS = st.builds(
    Subject,
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(2009, 12, 31)),
    registered=st.none() | DAYS,
    einv_start=st.none() | DAYS,
    einv_end=st.none() | DAYS,
    facts=st.fixed_dictionaries({}, optional=known_facts()).map(Facts),
    deviation=st.none()
    | st.builds(
        Deviation, st.just("Reha"), st.none() | DAYS, st.none() | DAYS, st.sampled_from(EXCEPTIONS)
    ),
)
many = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.mark.parametrize("name", POLICIES)
@many
@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
def test_every_client_has_an_answer_that_names_rules_that_exist(name, subject, contacts, today):
    outcome = evaluate(subject, contacts, [KEPT[name]], today)

    for found in outcome.obligations:
        assert found.rule is None or POLICIES[name].rule(found.rule.id) is found.rule
        assert found.id in ("", *POLICIES[name].obligations)
        assert found.earliest is None or found.earliest <= found.latest
        assert (found.required_form is None) == (not found.has_duty)
        assert found.last is None or found.last <= today
    text = explain(outcome)
    assert text.endswith(".")
    assert "None" not in text


@pytest.mark.parametrize("name", POLICIES)
@many
@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
def test_the_steps_to_a_day_can_be_kept_and_read_again(name, subject, contacts, today):
    outcome = evaluate(subject, contacts, [KEPT[name]], today)

    found = trace(outcome, KEPT[name].calendar)

    assert decoded(encoded(found), Trace) == found
    assert sum(each.decides for each in found.obligations) == 1
    assert found.sentence == explain(outcome)
    for each, obligation in zip(found.obligations, outcome.obligations, strict=True):
        assert sum(contact.counts for contact in each.contacts) == len(obligation.counted)
        assert all(contact.reason for contact in each.contacts)
        assert "None" not in " ".join(each.steps)


@pytest.mark.parametrize("name", POLICIES)
@many
@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS, order=st.randoms(use_true_random=False))
def test_neither_the_order_of_entry_nor_earlier_questions_change_an_answer(
    name, subject, contacts, today, order
):
    shuffled = list(contacts)
    order.shuffle(shuffled)

    kept = evaluate(subject, contacts, [KEPT[name]], today)
    fresh = evaluate(subject, shuffled, [compiled(POLICIES[name])], today)

    for one, other in zip(kept.obligations, fresh.obligations, strict=True):
        assert (one.id, one.finding, one.warnings) == (other.id, other.finding, other.warnings)
    assert kept.deciding.id == fresh.deciding.id


@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
@many
def test_a_call_fulfils_nothing_but_what_a_call_may(subject, contacts, today):
    policy = KEPT["musterstadt_formen"]
    call = Contact(today, ContactKind(form=ContactForm.TELEFONISCH))
    before = {found.id: found for found in evaluate(subject, contacts, [policy], today).obligations}

    after = evaluate(subject, [*contacts, call], [policy], today)

    for found in after.obligations:
        was = before.get(found.id)
        in_person = was is not None and was.required_form is RequiredForm.PERSOENLICH
        if in_person and was.state is not State.NO_ANCHOR:
            assert (found.finding.rule, found.latest) == (was.finding.rule, was.latest)


def test_an_exception_is_cited_where_the_document_provides_for_its_kind():
    policy = POLICIES["musterstadt_formen"]
    kind = ExceptionKind(
        "reha", "Reha", DeviationEffect.SUSPENDS, Citation("Nr. 9", "In der Reha ruht es.")
    )
    until = Deviation("Reha", date(2025, 6, 1), date(2025, 1, 10), "reha")
    subject = Subject(registered=date(2025, 1, 2), deviation=until)

    found = compiled(replace(policy, exceptions=(kind,)))
    outcome = evaluate(subject, [], [found], date(2025, 2, 1))
    (first, *_) = trace(outcome, found.calendar).obligations

    assert first.state == "ausgesetzt"
    assert ("Ausnahme", "Nr. 9") in [(each.title, each.place) for each in first.sources]
