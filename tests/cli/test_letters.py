"""Letters from the terminal."""

import pypdfium2
import pytest


@pytest.fixture
def desk(office, monkeypatch, tmp_path):
    """An office that has said who it is, with an agreed talk in two weeks."""
    from kkd_desktop.actions import stores
    from kkd_desktop.cli.options import day
    from kkd_desktop.store.key import Passphrase

    monkeypatch.setattr("kkd_desktop.paths.user_data", lambda: tmp_path / "daten")
    secret = Passphrase("vier zufällige Wörter hier")
    with stores.open_caseload(office.store, secret, day("2026-11-20", "")) as context:
        context.change_settings(
            **{"office": "Jobcenter Musterstadt", "street": "Amtsweg 1", "city": "Musterstadt"},
            **{"caseworker": "Petra Muster", "phone": "0123"},
        )
    office("appointments", "add", "--client", "K17", "--at", "2026-12-03T09:00", "--room", "2.14")
    return office


SUMMONS = ("--kind", "meldeaufforderung", "--purpose", "vermittlung", "--delivery", "handed_over")


def test_a_letter_is_written_for_the_user_alone_and_recorded(desk, tmp_path):
    path = tmp_path / "briefe.pdf"

    answer = desk("letters", "-o", str(path), "--appointment", "1", *SUMMONS, "--record")

    assert answer.code == 0
    assert "1 Brief\n" in answer.out
    assert "vermerkt: Brief 1" in answer.out
    assert path.stat().st_mode & 0o777 == 0o600
    with pypdfium2.PdfDocument(path) as document:
        assert "Amina Beispiel" in document[0].get_textpage().get_text_range()
    assert "Meldeaufforderung" in desk("letters", "list").out
    assert "noch nicht zugestellt" in desk("letters", "list").out


def test_what_is_missing_is_said_and_nothing_is_written(desk, tmp_path):
    path = tmp_path / "briefe.pdf"

    answer = desk("letters", "-o", str(path), "--from", "2026-12-01", "--kind", "meldeaufforderung")

    assert (answer.code, path.exists()) == (1, False)
    assert "Termin 1: nicht enthalten: Meldezweck: keiner aus § 309" in answer.out
    assert "Anschrift: Straße oder Ort fehlt" in answer.out


def test_delivery_return_chain_and_copy(desk, tmp_path):
    desk("letters", "-o", str(tmp_path / "a.pdf"), "--appointment", "1", *SUMMONS, "--record")

    sent = desk("letters", "record", "--id", "1", "post", "--on", "20.11.2026")
    again = desk("letters", "-o", str(tmp_path / "b.pdf"), "--appointment", "1", *SUMMONS)
    copy = desk("letters", "reprint", "--id", "1", "-o", str(tmp_path / "c.pdf"))
    back = desk("letters", "record", "--id", "1", "returned", "--json")

    assert "gilt als bekannt gegeben am 24.11.2026" in sent.out
    assert (again.code, "schon am 20.11.2026 gedruckt" in again.out) == (1, True)
    assert (copy.code, "stimmt mit dem Original überein" in copy.out) == (0, True)
    assert back.json["returned_on"] == "2026-11-20"
    assert "zurückgekommen am 20.11.2026" in desk("letters", "chain", "--client", "K17").out
    late = desk("letters", "record", "--id", "1", "post", "--on", "20.11.2026")
    assert (late.code, "kam am 20.11.2026 zurück" in late.err) == (2, True)


def test_without_a_period_it_is_the_next_four_weeks_and_of_the_missed_those_behind(desk, tmp_path):
    path = tmp_path / "briefe.pdf"
    assert "noch kein Brief gedruckt" in desk("letters", "list").out

    written = desk("letters", "-o", str(path), *SUMMONS)
    hearing = desk("letters", "-o", str(tmp_path / "b.pdf"), "--kind", "anhoerung")
    desk("appointments", "cancel", "--id", "1")
    nobody = desk("letters", "-o", str(tmp_path / "c.pdf"), *SUMMONS)

    assert (written.code, "1 Brief\n" in written.out) == (0, True)
    assert "kein Termin versäumt" in hearing.out
    assert (nobody.code, "kein Termin offen" in nobody.out) == (0, True)


def test_the_texts_are_listed_and_a_file_of_them_is_checked(desk, tmp_path):
    file = tmp_path / "eigene.toml"
    file.write_text('[[block]]\nid = "a"\n', encoding="utf-8")

    listed = desk("letters", "texts")
    checked = desk("letters", "texts", "--check", str(file))

    assert (listed.code, checked.code) == (0, 1)
    assert "ungeprüft" in listed.out
    assert "abgelaufen" in listed.out
    assert "eigene.toml, Zeile 1" in checked.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "-o: bitte angeben"),
        (("-o", "x.pdf", "--appointment", "1", "--kind", "brief"), "--kind"),
        (("-o", "x.pdf", "--appointment", "1", "--purpose", "kaffee"), "--purpose"),
        (("-o", "x.pdf", "--appointment", "99"), "gibt es nicht"),
        (("record", "--id", "99", "post"), "gibt es nicht"),
        (("record", "--id", "1"), "{handed_over|post|portal|returned}: diese Angabe fehlt."),
    ],
)
def test_unusable_input_is_one_sentence_that_names_it(desk, arguments, said):
    answer = desk("letters", *arguments)

    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_broken_own_template_names_the_way_out(desk, tmp_path):
    folder = tmp_path / "daten" / "vorlagen"
    folder.mkdir(parents=True)
    (folder / "brief.typ").write_text("#nix()", encoding="utf-8")
    call = ("letters", "-o", str(tmp_path / "a.pdf"), "--appointment", "1", *SUMMONS)

    broken, shipped = desk(*call), desk(*call, "--shipped-template")

    assert (broken.code, shipped.code) == (2, 0)
    assert "vorlagen/brief.typ, Zeile 1" in broken.err
    assert "--shipped-template" in broken.err


def test_a_day_sheet_and_labels_are_written(desk, tmp_path):
    sheet, labels = tmp_path / "tag.pdf", tmp_path / "etiketten.pdf"

    day = desk("list", "-o", str(sheet), "--day-sheet", "03.12.2026")
    none = desk("letters", "labels", "-o", str(labels), "--appointment", "1")

    assert (day.code, "1 Termin" in day.out, sheet.exists()) == (0, True, True)
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert (none.code, labels.exists()) == (1, False)
    assert "Termin 1: nicht enthalten: Anschrift: Straße oder Ort fehlt." in none.out


def test_a_warning_is_said_once_for_all_letters(desk, tmp_path):
    desk("appointments", "add", "--client", "K17", "--at", "2026-12-10T09:00", "--room", "2.14")

    answer = desk("letters", "-o", str(tmp_path / "a.pdf"), "--from", "2026-12-01", *SUMMONS)

    assert "2 Briefe\n" in answer.out
    assert answer.out.count("Text: Krankheit (krankheit, Fassung 1): ungeprüft.") == 1
    assert "Alle: Text: Krankheit" in answer.out


def test_a_hearing_of_a_period_is_about_the_talks_that_were_missed(desk, tmp_path):
    path = tmp_path / "a.pdf"
    desk("appointments", "add", "--client", "K17", "--at", "2026-11-20T08:00", "--room", "2.14")
    desk("appointments", "outcome", "--id", "2", "missed")
    hearing = ("letters", "-o", str(path), "--kind", "anhoerung", "--delivery", "handed_over")

    answer = desk(*hearing, "--from", "2026-11-20", "--until", "2026-12-31")

    assert (answer.code, "1 Brief\n" in answer.out) == (0, True)
    with pypdfium2.PdfDocument(path) as document:
        assert "Entwurf" in document[0].get_textpage().get_text_range()
