from datetime import date
from pathlib import Path

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.outcome import Verdict
from kkd_desktop.domain.verdicts import Judge, Judged, PartVerdict, summed_up, verdict_text
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy

TODAY = date(2026, 11, 20)
INVENTED = Path(__file__).parents[1] / "cases" / "policies"


def compiled(path):
    policy = read_policy(path)
    return CompiledPolicy(policy, WorkCalendar(policy.land, lookup=lambda land, year: ()))


FORMS = compiled(INVENTED / "musterstadt_formen.toml")
MG = compiled(paths.policies() / "mg2012.toml")
UELZEN = compiled(paths.policies() / "ue2019.toml")


def talk(form=ContactForm.PERSOENLICH, day=date(2026, 10, 5), **kind):
    return Contact(day, ContactKind(form=form, **kind))


def verdict_of(contact, *policies, **facts):
    subject = Subject(
        birth_date=date(1980, 1, 1),
        registered=date(2026, 1, 12),
        facts=Facts({name: Timeline.always(value) for name, value in facts.items()}),
    )
    outcome = evaluate(subject, [talk(), contact], policies, TODAY)
    return Judge(subject, outcome, policies).verdict(contact)


def test_what_counts_for_everything_counts():
    found = verdict_of(talk(), FORMS)

    assert verdict_text(found) == "zählt, weil es ein persönliches Gespräch war"


def test_what_counts_for_nothing_does_not_count():
    found = verdict_of(talk(ContactForm.EMAIL), FORMS)

    assert not found.counts
    assert verdict_text(found) == "zählt nicht, weil eine E-Mail kein Gespräch ist"


def test_a_call_counts_for_its_own_obligation_only_and_says_for_which():
    found = verdict_of(talk(ContactForm.TELEFONISCH), FORMS)

    assert isinstance(found, PartVerdict)
    assert found.counts
    assert verdict_text(found) == (
        "zählt für „Telefonkontakt“, nicht für „Persönliches Gespräch“, "
        "weil hier nur „Persönliches Gespräch“ zählt"
    )


def test_two_policies_are_named_where_they_differ():
    general = talk(note_type=NoteType.ALLGEMEINER_VERMERK, form=ContactForm.TELEFONISCH)

    found = verdict_of(general, MG, FORMS, profile="markt")

    assert found.counts_for == ("Telefonkontakt",)
    assert found.not_for == (MG.policy.short_title, "Persönliches Gespräch")


def test_a_policy_that_gives_no_day_has_no_say_beside_one_that_does():
    # Uelzen's ran out, and it would not count this call.
    call = talk(ContactForm.TELEFONISCH)

    assert not verdict_of(call, UELZEN, profile="foerder").counts
    assert verdict_of(call, UELZEN, FORMS, profile="foerder") == verdict_of(call, FORMS)


def test_duties_of_all_that_count_it_are_named_once():
    one = Judged("Eins", Verdict(True, "a", warnings=("ziel",), duties=("Ziel fehlt",)))
    two = Judged("Zwei", Verdict(True, "a", warnings=("ziel",), duties=("Ziel fehlt",)))
    third = Judged("Drei", Verdict(True, "b", warnings=("inhalt",), duties=("Inhalt fehlt",)))

    found = summed_up([one, two, third])

    assert found.duties == ("Ziel fehlt", "Inhalt fehlt")
    assert verdict_text(found) == "zählt, weil a und weil b"


@pytest.mark.parametrize("form", ContactForm)
def test_one_obligation_says_what_its_counting_says(form):
    contact = Contact(date(2026, 10, 5), ContactKind(form=form), notes=ContactNotes("", "", ""))

    assert verdict_of(contact, MG, profile="markt") == MG.counting.verdict(
        contact, Subject(facts=Facts({"profile": Timeline.always("markt")})), TODAY
    )
