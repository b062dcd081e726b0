"""`kkd report`."""


def test_the_year_as_tables(office, tmp_path):
    answer = office("report", "-o", str(tmp_path / "a.csv"), "--year", "2026")

    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    # Alle 6 Wochen: a whole month is 0.725, of November 20 of 30 days.
    assert lines[0] == "2026 bis 20.11.2026: Soll 1,9, Ist 1 Kontakt (51,7 %)"
    assert lines[1].startswith("1 Person, davon 0 im ganzen Zeitraum ohne Soll")
    assert lines[2] == "20.11.2026: 0 erfüllt, 0 in 14 Tagen fällig, 1 überfällig"
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "Soll-Ist;10/2026 · Marktprofil;Soll;0,72" in text
    assert "Personen am Stichtag;20.11.2026 · überfällig · Beispiel, Amina" in text


def test_files_without_people_are_put_together(office, kkd, tmp_path):
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    office("report", "-o", str(one), "--pseudonymous")
    office("clients", "add", "--number", "X2", "--last-name", "Muster", "--profile", "markt")
    one_month = office("report", "-o", str(other), "--pseudonymous", "--month", "11")
    assert "In der Datei steht nur der November." in one_month.out

    answer = kkd.run("report", "--combine", str(one), str(other), "-o", str(tmp_path / "t.xlsx"))

    assert (answer.code, answer.err) == (0, "")
    assert "2026, Januar bis November: 2 Dateien zusammengeführt." in answer.out
    assert "01/2026: nur aus 1 von 2 Dateien." in answer.out
    assert (tmp_path / "t.xlsx").is_file()
    assert "Beispiel" not in one.read_text()


def test_what_cannot_be_is_one_sentence(office, tmp_path):
    target = str(tmp_path / "a.json")
    cases = (
        (("-o", target), "a.json: Der Name endet auf .pdf, .xlsx oder .csv."),
        (
            ("-o", str(tmp_path / "a.csv"), "--month", "3"),
            "--month gibt es nur mit --pseudonymous.",
        ),
        (("-o", target, "--pseudonymous", "x.json"), "Dateien gibt es nur mit --combine."),
        (("-o", target, "--combine"), "Es sind keine Dateien zum Zusammenführen angegeben."),
        (
            ("-o", target, "--combine", "--year", "2026"),
            "--combine: der Zeitraum steht in den Dateien.",
        ),
        (
            ("-o", target, "--pseudonymous", "--year", "2025", "--until", "30.06.2026"),
            "Bis: bitte ein Tag vom 01.01.2025 bis zum 31.12.2025.",
        ),
        (
            ("-o", target, "--pseudonymous", "--until", "21.11.2026"),
            "Bis: bitte ein Tag vom 01.01.2026 bis zum 20.11.2026.",
        ),
        (
            ("-o", target, "--pseudonymous", "--until", "01.02.2027"),
            "Bis: bitte ein Tag vom 01.01.2026 bis zum 20.11.2026.",
        ),
        (("-o", target, "--combine", "nirgends.json"), "nirgends.json: Diese Datei gibt es nicht."),
        (("-o", target, "--pseudonymous", "--year", "2027"), "Jahr: bitte von 1990 bis 2026."),
    )
    for given, said in cases:
        answer = office("report", *given)
        assert (answer.code, answer.err.strip()) == (2, said)
    assert not (tmp_path / "a.json").exists()


def test_a_past_day_is_told_as_it_was(office, tmp_path):
    then = office("report", "-o", str(tmp_path / "a.csv"), "--until", "31.10.2026")

    assert then.code == 0
    # Met on 30 September, every six weeks: not yet late then.
    assert then.out.splitlines()[0].startswith("2026 bis 31.10.2026: ")
    assert "31.10.2026: 0 erfüllt, 1 in 14 Tagen fällig, 0 überfällig" in then.out
    office("contacts", "add", "--client", "123A400017", "--date", "02.11.2026")

    again = office("report", "-o", str(tmp_path / "b.csv"), "--until", "31.10.2026")

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert again.out.splitlines()[:3] == then.out.splitlines()[:3]
