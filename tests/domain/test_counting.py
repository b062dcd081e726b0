from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.domain import language
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.contact import (
    Contact,
    ContactForm,
    ContactKind,
    ContactLog,
    ContactNotes,
    NoteType,
)
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.policyfiles.reader import read_policy

TODAY = date(2019, 4, 1)
CALL = ContactKind(form=ContactForm.TELEFONISCH)


@pytest.fixture(scope="module")
def counting():
    return lambda name: Counting(read_policy(paths.policies() / f"{name}.toml", trusted=True))


def verdict(counting, contact, **facts):
    subject = Subject(facts=Facts({name: Timeline.always(v) for name, v in facts.items()}))
    return counting.verdict(contact, subject, TODAY)


def test_the_same_call_counts_in_one_office_and_not_in_the_other(counting):
    call = Contact(date(2019, 3, 1), CALL)

    frankfurt = verdict(counting("ffm2017"), call)
    federal = verdict(counting("ba2010"), call)

    assert (frankfurt.counts, frankfurt.reason) == (
        True,
        "es ein telefonischer Kontakt mit Vermerk war",
    )
    assert (federal.counts, federal.reason) == (
        False,
        "nur die persönliche Vorsprache als Kontakt gilt",
    )
    assert "persönliche Vorsprache" in federal.citation.quote


@pytest.mark.parametrize(
    ("kind", "day", "reason"),
    [
        (ContactKind(), date(2019, 4, 2), "der Tag noch nicht erreicht ist"),
        (ContactKind(attended=False), TODAY, "der Termin nicht wahrgenommen wurde"),
        (ContactKind(form=ContactForm.EMAIL), TODAY, "eine E-Mail kein Gespräch ist"),
        (ContactKind(form=ContactForm.SCHRIFTLICH), TODAY, "Schriftwechsel kein Gespräch ist"),
    ],
)
@pytest.mark.parametrize("policy", ["ba2010", "ffm2017", "mg2012", "mk2015", "ue2019"])
def test_what_is_no_talk_counts_nowhere(counting, policy, kind, day, reason):
    found = verdict(counting(policy), Contact(day, kind))

    assert (found.counts, found.reason, found.warnings) == (False, reason, ())


def test_calls_of_one_kind_are_told_apart_by_the_facts_of_their_day(counting):
    uelzen = counting("ue2019")
    employed = Timeline([Period(True, date(2019, 2, 1), date(2019, 2, 28))])
    subject = Subject(facts=Facts({"sv_beschaeftigt": employed}))
    calls = [Contact(date(2019, 1, 31), CALL), Contact(date(2019, 2, 1), CALL)]
    calls += [Contact(date(2019, 2, 28), CALL), Contact(date(2019, 3, 1), CALL)]

    assert uelzen.counted(ContactLog.of(calls), subject, TODAY) == (1, 2)
    assert [uelzen.verdict(call, subject, TODAY).counts for call in calls] == [
        False,
        True,
        True,
        False,
    ]


def test_a_duty_to_document_warns_and_never_uncounts(counting):
    found = verdict(counting("ue2019"), Contact(date(2019, 3, 1)))

    assert (found.counts, found.warnings) == (True, ("note_type",))
    assert "Standortbestimmung" in found.duties[0]


def test_what_does_not_count_owes_no_documentation(counting):
    first_call = Contact(date(2019, 3, 1), ContactKind(form=ContactForm.TELEFONISCH, first=True))

    assert verdict(counting("ba2010"), first_call).warnings == ()


@pytest.mark.parametrize(
    ("notes", "missing"),
    [
        (ContactNotes(), None),
        (ContactNotes("Bewerbungen", "Praktikum", "MAG"), None),
        (ContactNotes("Bewerbungen", "", "MAG"), "(Ziel fehlt)"),
        (ContactNotes("", "", ""), "(Gesprächsinhalt, Ziel, Mitteleinsatz fehlt)"),
    ],
)
def test_only_contents_left_empty_are_missing(counting, notes, missing):
    found = verdict(counting("ffm2017"), Contact(date(2019, 3, 1), notes=notes))

    assert found.counts
    assert [text.endswith(missing) for text in found.duties] == ([] if missing is None else [True])


def test_no_clause_at_all_gives_the_reason_of_the_policy(counting):
    found = verdict(
        counting("ba2010"), Contact(date(2019, 3, 1), ContactKind(note_type=NoteType.KEIN))
    )

    assert not found.counts
    assert "weder ein Beratungsvermerk" in found.reason


def test_what_is_remembered_of_a_kind_of_contact_is_said_in_the_language_of_the_reader(
    counting, english
):
    judge = counting("ba2010")
    missed = Contact(date(2019, 3, 1), ContactKind(attended=False))

    read = [judge.verdict(missed, Subject(), TODAY).reason]
    with language.german():
        read.append(judge.verdict(missed, Subject(), TODAY).reason)

    assert read == ["the appointment was not kept", "der Termin nicht wahrgenommen wurde"]
