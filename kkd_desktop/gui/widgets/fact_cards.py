"""What is known about a client, and what are talks with them for?"""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kkd_desktop.actions.casework import ClientFile, Goals
from kkd_desktop.domain import texts
from kkd_desktop.domain.absence import ABSENT, ahead
from kkd_desktop.domain.client import WISH, Client
from kkd_desktop.domain.facts import Period
from kkd_desktop.domain.policy import FactDeclaration
from kkd_desktop.domain.spans import years_of_life
from kkd_desktop.domain.wishes import stored_in_words
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.fact_editors import fact_text
from kkd_desktop.gui.widgets.labels import BULLET, Paragraph, PlainLabel

_NAME, _WORD = 114, 134
"""Room of a name, and of the longest word of its value, in the narrowest column."""


class GoalsCard(Card):
    """The goals of a Profillage, and which document names them. Hidden where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Ziele"), parent=parent)
        self.goals = Paragraph()
        self.source = PlainLabel(muted=True, wrap=True, size=theme.SMALL_SIZE)
        self.body.addWidget(self.goals)
        self.body.addWidget(self.source)

    def show_goals(self, goals: Goals | None) -> None:
        self.setVisible(goals is not None)
        if goals is None or self.heading is None:
            return
        name = texts.PROFILLAGEN.get(goals.profile, goals.profile)
        if name.endswith("profil"):
            title = self.tr("Ziele im {profile}").format(profile=name)
        else:
            title = self.tr("Ziele in der {profile}").format(profile=name)
        self.heading.title.setText(title)
        self.setAccessibleName(title)
        bullet = BULLET if len(goals.texts) > 1 else ""
        self.goals.setText("\n".join(f"{bullet}{goal}" for goal in goals.texts))
        self.source.setText(
            self.tr("Aus: {policy}, {place}").format(
                policy=goals.policy.short_title, place=goals.citation.place
            )
        )


class FactsCard(Card):
    """Master data and facts of today, each with the day since when it holds.

    Signals:
        client_opened: another member of the BG was chosen; carries the id.
        deviation_wanted: an exception shall be agreed.
        deviation_ended: the exception shall end.
    """

    client_opened = Signal(int)
    deviation_wanted = Signal()
    deviation_ended = Signal()

    def __init__(self, parent: QWidget | None = None, *, changeable: bool = True) -> None:
        """What is not `changeable` is only to be read: exceptions have no buttons."""
        super().__init__(self.tr("Fakten"), parent=parent)
        self._changeable = changeable
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.LARGE)
        self._grid.setVerticalSpacing(theme.SMALL)
        self._grid.setColumnStretch(1, 1)
        self.agree = Button(self.tr("Ausnahme vereinbaren …"), kind="link")
        self.end = Button(self.tr("Ausnahme beenden"), kind="link")
        for button in (self.agree, self.end):
            button.setProperty("flush", "true")
        self._members = QVBoxLayout()
        self._members.setSpacing(0)
        self._bg = PlainLabel(muted=True)
        self.body.addLayout(self._grid)
        left = Qt.AlignmentFlag.AlignLeft
        self.body.addWidget(self.agree, 0, left)
        self.body.addWidget(self.end, 0, left)
        self.body.addWidget(self._bg)
        self.body.addLayout(self._members)

        self.agree.clicked.connect(self.deviation_wanted)
        self.end.clicked.connect(self.deviation_ended)

    def show_file(self, found: ClientFile) -> None:
        today = found.outcome.today
        _empty(self._grid)
        row = 0
        for label, value in self._facts(found):
            row += self._add(row, label, value)
        deviation = found.client.subject.deviation
        running = deviation is not None and deviation.lasts_beyond(today)
        self.agree.setVisible(self._changeable and not running)
        self.end.setVisible(self._changeable and running)
        self._show_members(found)

    def _add(self, row: int, label: str, value: str) -> int:
        """Name and value beside each other; where they are too long for that, one below the other.

        Returns how many rows they take.
        """
        name = PlainLabel(label, muted=True)
        text = PlainLabel(value, wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{label}: {value}")
        advance = text.fontMetrics().horizontalAdvance
        longest = max(map(advance, value.split()), default=0)
        top = Qt.AlignmentFlag.AlignTop
        if advance(label) <= _NAME and longest <= _WORD:
            self._grid.addWidget(name, row, 0, top)
            self._grid.addWidget(text, row, 1)
            return 1
        if advance(label) + max(map(advance, value.split("\n"))) <= _NAME + _WORD:
            text.setWordWrap(False)
            self._grid.addWidget(name, row, 0, 1, 2, top | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(text, row, 0, 1, 2, top | Qt.AlignmentFlag.AlignRight)
            return 1
        name.setWordWrap(True)
        self._grid.addWidget(name, row, 0, 1, 2, top)
        self._grid.addWidget(text, row + 1, 0, 1, 2)
        return 2

    def _show_members(self, found: ClientFile) -> None:
        _empty(self._members)
        self._bg.setVisible(bool(found.household))
        self._bg.setText(self.tr("Weitere in der BG"))
        for member in sorted(found.household, key=lambda each: each.name):
            button = Button(member.name, kind="link")
            button.setProperty("flush", "true")
            button.setAccessibleDescription(self.tr("Kundenakte öffnen"))
            button.clicked.connect(
                lambda _=False, client_id=member.id: self.client_opened.emit(client_id)
            )
            self._members.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _facts(self, found: ClientFile) -> Iterator[tuple[str, str]]:
        client, subject = found.client, found.client.subject
        yield self.tr("Kundennummer"), client.number or "–"
        if client.code:
            yield self.tr("Kürzel"), client.code
        yield self.tr("Geboren"), self._born(found)
        yield self.tr("Anmeldung"), texts.day(subject.registered)
        yield self.tr("Kooperationsplan"), self._plan(client)
        yield from self._changing(found)
        if client.phone:
            yield self.tr("Telefon"), client.phone
        if client.address.lines:
            yield self.tr("Anschrift"), "\n".join(client.address.lines)
        if client.bg_number:
            yield self.tr("BG"), client.bg_number
        yield self.tr("Ausnahme"), self._deviation(found)

    def _changing(self, found: ClientFile) -> Iterator[tuple[str, str]]:
        declared = {fact.id: fact for fact in found.declared}
        for name, label, words in (
            ("profile", self.tr("Profillage"), texts.PROFILLAGEN),
            ("status", self.tr("Status"), texts.STATUS),
            ("org", self.tr("Bereich"), texts.ORG),
        ):
            period = _held(found, name)
            value = "" if period is None or period.value is None else str(period.value)
            known = declared[name].values if name in declared else words
            text = known.get(value, value) or self.tr("fehlt")
            yield label, self._since(text, period) if name == "profile" else text
        for name, label in texts.FLAGS.items():
            period = _held(found, name)
            if period is not None and period.value is True:
                yield self.tr("Merkmal"), self._since(label, period)
        for fact in found.declared:
            if fact.id not in _USUAL:
                yield fact.label, self._declared(found, fact)
        wish = _held(found, WISH)
        if wish is not None and wish.value:
            yield self.tr("Terminwunsch"), self._since(stored_in_words(str(wish.value)), wish)
        away = ahead(found.client.subject.facts.timeline(ABSENT), found.outcome.today)
        if away is not None:
            yield self.tr("Abwesenheit"), self._days(texts.ABSENCES, away)

    def _declared(self, found: ClientFile, fact: FactDeclaration) -> str:
        period = _held(found, fact.id)
        if period is None or period.value is None:
            return fact_text(fact, None)
        return self._since(fact_text(fact, period.value), period)

    def _since(self, words: str, period: Period | None) -> str:
        if period is None:
            return words
        if period.until is not None:
            return self.tr("{words}\nbis {day}").format(words=words, day=texts.day(period.until))
        if period.since is None:
            return words
        return self.tr("{words}\nseit {day}").format(words=words, day=texts.day(period.since))

    def _days(self, words: Mapping[str, str], period: Period) -> str:
        said = words.get(str(period.value), str(period.value))
        days = f"{texts.day(period.since)} – {texts.day(period.until)}"
        return f"{said}\n{days}" if period.since and period.until else self._since(said, period)

    def _born(self, found: ClientFile) -> str:
        born = found.client.subject.birth_date
        if born is None:
            return self.tr("fehlt")
        years = texts.counted(years_of_life(born, found.outcome.today), "Jahr", "Jahre")
        return f"{texts.day(born)} · {years}"

    def _plan(self, client: Client) -> str:
        subject = client.subject
        if subject.einv_start is None:
            return self.tr("keiner")
        if subject.einv_end is None:
            return self.tr("seit {day}").format(day=texts.day(subject.einv_start))
        return f"{texts.day(subject.einv_start)} – {texts.day(subject.einv_end)}"

    def _deviation(self, found: ClientFile) -> str:
        deviation = found.client.subject.deviation
        if deviation is None:
            return self.tr("keine")
        if deviation.until is not None and deviation.until < found.outcome.today:
            day = texts.day(deviation.until)
            return self.tr("{reason}\nbeendet am {day}").format(reason=deviation.reason, day=day)
        return f"{deviation.reason}\n{found.exception_ends}"


_USUAL = frozenset({"profile", "status", "org", WISH, ABSENT, *texts.FLAGS})
"""Facts with a row of their own."""


def _held(found: ClientFile, name: str) -> Period | None:
    history = found.client.subject.facts.timeline(name)
    return None if history is None else history.period_at(found.outcome.today)


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
