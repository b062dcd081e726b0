"""How do Konzepte look: read, compared, switched, and whether the hours are enough?"""

from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.actions import policies
from kkd_desktop.policyfiles.shelf import Shelf
from tests.pictures.desk import Desk, Scene, settle, until

OFFICE = (
    ("Jobcenter Mönchengladbach", "Jobcenter Musterstadt"),
    ("Kundenkontaktdichte-Konzept des Jobcenters Mönchengladbach", "Kontaktdichte in Musterstadt"),
)


def konzepte(desk: Desk) -> QWidget:
    desk.page("konzepte")
    return desk.window


def konzepte_quote(desk: Desk) -> QWidget:
    page = desk.page("konzepte")
    page.reading.document.setFocus()
    page.reading.document.choose("rule:u25")
    return desk.window


def konzepte_of(concept: str, key: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = desk.page("konzepte")
        page.reading.choose(concept)
        page.reading.document.choose(key)
        return desk.window

    return scene


def konzepte_all_quotes(desk: Desk) -> QWidget:
    page = desk.page("konzepte")
    page.reading.choose("ba2010")
    page.reading.all_quotes.click()
    return desk.window


def konzepte_broken(desk: Desk) -> QWidget:
    """A broken file of the office, and one with a very long title."""
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    whole = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    wrong = whole.replace('"mg2012"', '"musterstadt2026"').replace("weeks = 6", "wochen = 6")
    (folder / "musterstadt2026.toml").write_text(wrong, encoding="utf-8")
    long = whole.replace('"mg2012"', '"donau2027"').replace("2012-03-01", "2027-01-01")
    for short in ("Mönchengladbach 2012", "Jobcenter Mönchengladbach"):
        name = "Donaudampfschifffahrtsgesellschaft-Musterstadt-Nord und Umlandgemeinden 2027"
        long = long.replace(f'"{short}"', f'"{name}"')
    (folder / "donau2027.toml").write_text(long, encoding="utf-8")
    desk.context.shelf = Shelf((paths.policies(), folder))
    page = desk.page("konzepte")
    page.reading.choose("musterstadt2026")
    return desk.window


def with_set(desk: Desk, combine: str = "first", short: str = "Musterstadt") -> None:
    """A set of the office: two versions of one concept, then one that has run out."""
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    whole = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    for year, validity in (
        (2020, "from = 2020-01-01\nuntil = 2026-12-31"),
        (2027, "from = 2027-01-01"),
    ):
        text = whole.replace('"mg2012"', f'"muster{year}"').replace("from = 2012-03-01", validity)
        for old, new in (("Mönchengladbach 2012", f"Musterstadt {year}"), *OFFICE):
            text = text.replace(f'"{old}"', f'"{new}"')
        (folder / f"muster{year}.toml").write_text(text, encoding="utf-8")
    (folder / "musterstadt.toml").write_text(
        f'kind = "set"\nid = "musterstadt"\ntitle = "Kontaktdichte im Jobcenter {short}"\n'
        f'short_title = "{short}"\noffice = "Jobcenter Musterstadt"\ncombine = "{combine}"\n'
        '[[part]]\npolicies = ["muster2020", "muster2027"]\n[[part]]\npolicies = ["ue2019"]\n',
        encoding="utf-8",
    )
    desk.context.shelf = Shelf((paths.policies(), folder))
    desk.choose_concept("musterstadt")


def konzepte_set(combine: str = "first", short: str = "Musterstadt") -> Scene:
    def scene(desk: Desk) -> QWidget:
        with_set(desk, combine, short)
        page = desk.page("konzepte")
        page.reading.choose("musterstadt")
        page.reading.document.setFocus()
        page.reading.document.choose("part:1:muster2027")
        return desk.window

    return scene


def konzepte_compared_set(desk: Desk) -> QWidget:
    with_set(desk)
    desk.choose_concept("mk2015")
    # What is compared is read beside the window, from the folder of the user.
    with patch.object(policies, "own_folder", lambda: desk.folder / "konzepte"):
        return konzepte_compared("musterstadt")(desk)


def konzepte_long(desk: Desk) -> QWidget:
    konzepte_broken(desk)
    desk.page("konzepte").reading.choose("donau2027")
    return desk.window


def konzepte_compared(concept: str, day: str = "", kind: str = "", mine: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        if mine:
            desk.choose_concept(mine)
        page = desk.page("konzepte")
        page.show_room("vergleichen")
        page.comparison.choose(concept)
        page.comparison.day.field.setText(day)
        until(page.comparison.has_answered)
        if kind:
            page.comparison.kind.button(kind).click()
        page.comparison.table.setFocus()
        return desk.window

    return scene


def konzepte_switched(desk: Desk) -> QWidget:
    konzepte_compared("ffm2017")(desk)
    comparison = desk.page("konzepte").comparison
    comparison.switch_button.click()
    until(comparison.has_answered)
    return desk.window


def konzepte_rules(desk: Desk) -> QWidget:
    konzepte_compared("ue2019")(desk)
    desk.page("konzepte").comparison.rules_button.click()
    return desk.window


def konzepte_feasible(concept: str | None) -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = desk.page("konzepte")
        page.show_room("machbarkeit")
        field = page.feasibility.concept.field
        field.setCurrentIndex(field.findData(concept))
        until(page.feasibility.has_answered)
        return desk.window

    return scene


def konzepte_feasible_quote(desk: Desk) -> QWidget:
    konzepte_feasible("ffm2017")(desk)
    document = desk.page("konzepte").feasibility.document
    document.setFocus()
    document.choose("rule:ffm2017:u25.arbeitslos")
    return desk.window


def konzepte_nothing_to_compare(desk: Desk) -> QWidget:
    desk.context.shelf = Shelf((paths.policies() / "leer",))
    desk.context.forget()
    desk.session.changed.emit()
    desk.page("konzepte").show_room("vergleichen")
    settle()
    return desk.window


SCENES: dict[str, Scene] = {
    "konzepte": konzepte,
    "konzepte-wortlaut": konzepte_quote,
    "konzepte-alle-wortlaute": konzepte_all_quotes,
    "konzepte-abgelaufen": konzepte_of("ue2019", "validity"),
    "konzepte-frankfurt": konzepte_of("ffm2017", "rule:ue25.arbeitslos"),
    "konzepte-defekt": konzepte_broken,
    "konzepte-lange-namen": konzepte_long,
    "konzepte-zusammenstellung": konzepte_set(),
    "konzepte-zusammenstellung-lang": konzepte_set(
        "strictest", "Donaudampfschifffahrtsgesellschaft-Musterstadt-Nord und Umland"
    ),
    "konzepte-vergleich-zusammenstellung": konzepte_compared_set,
    "konzepte-vergleich": konzepte_compared("ffm2017"),
    "konzepte-vergleich-uelzen": konzepte_compared("ue2019", kind="later"),
    "konzepte-vergleich-vorgaben": konzepte_rules,
    "konzepte-umstellen": konzepte_compared("mk2015", "01.01.2027"),
    "konzepte-umstellen-abgelaufen": konzepte_compared("mg2012", "01.12.2026", mine="ue2019"),
    "konzepte-umgestellt": konzepte_switched,
    "konzepte-vergleich-nichts": konzepte_nothing_to_compare,
    "konzepte-machbarkeit": konzepte_feasible(None),
    "konzepte-machbarkeit-frankfurt": konzepte_feasible("ffm2017"),
    "konzepte-machbarkeit-wortlaut": konzepte_feasible_quote,
}
