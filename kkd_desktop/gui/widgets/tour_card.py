"""Which first step comes next? Four short lines, one of them with a button."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain.tour import Tour, TourStep
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property

_MARK_WIDTH = 18


class TourCard(Card):
    """The steps with what is done ticked; below the next one what it is for and where it is.

    Signals:
        step_wanted: the place of a step is to be shown.
        later_wanted: the tour is left for now, or for good when it is done.
        help_wanted: the page about the first steps.
    """

    step_wanted = Signal(TourStep)
    later_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Rundgang"), " ", parent=parent)
        self._titles = self._all_titles()
        self._lines: dict[TourStep, tuple[PlainLabel, PlainLabel]] = {}
        self._step = TourStep.OFFICE
        self.what = PlainLabel(muted=True, wrap=True)
        self.go_button = Button("")
        self.later_button = Button(self.tr("Später"), kind="link")
        self.help_button = Button(self.tr("Mehr in der Hilfe"), kind="link")
        for link in (self.later_button, self.help_button):
            link.setProperty("flush", "true")
        lines = QVBoxLayout()
        lines.setSpacing(theme.TINY)
        for step in TourStep:
            lines.addLayout(self._line(step))
        self.body.addLayout(lines)
        self.body.addWidget(self.what)
        self.body.addWidget(self.go_button)
        below = QHBoxLayout()
        below.addWidget(self.help_button)
        below.addStretch()
        below.addWidget(self.later_button)
        self.body.addLayout(below)

        self.go_button.clicked.connect(lambda: self.step_wanted.emit(self._step))
        self.later_button.clicked.connect(self.later_wanted)
        self.help_button.clicked.connect(self.help_wanted)

    def show_tour(self, tour: Tour) -> None:
        """Tick what is done and say what comes next."""
        assert self.heading is not None
        self.heading.note.setText(
            self.tr("{done} von {all} getan").format(done=len(tour.done), all=len(TourStep))
        )
        following = tour.next_step
        for step, (mark, name) in self._lines.items():
            done, now = step in tour.done, step is following
            mark.setText("✓" if done else "›" if now else "")
            mark.set_tone(Tone.OK if done else Tone.ACCENT)
            set_property(name, "tone", None if now else "muted")
            set_property(name, "strong", "true" if now else "false")
            said = self.tr("getan") if done else self.tr("als Nächstes") if now else ""
            name.setAccessibleName(f"{name.text()}, {said}" if said else name.text())
        self.go_button.setVisible(following is not None)
        if following is None:
            self.what.setText(self.tr("Alles getan. Der Rundgang endet hier."))
            self.later_button.setText(self.tr("Ausblenden"))
            return
        self._step = following
        self.later_button.setText(self.tr("Später"))
        self.what.setText(self._all_texts()[following])
        self.go_button.setText(self._all_actions()[following])

    def next_step(self) -> TourStep:
        return self._step

    def title_of(self, step: TourStep) -> str:
        return self._titles[step]

    def _line(self, step: TourStep) -> QHBoxLayout:
        mark, name = PlainLabel(), PlainLabel(self._titles[step])
        mark.setFixedWidth(_MARK_WIDTH)
        mark.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._lines[step] = (mark, name)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(mark)
        row.addWidget(name, 1)
        return row

    def _all_titles(self) -> Mapping[TourStep, str]:
        return _by_step(
            self.tr("Konzept und Büro"),
            self.tr("Personen aufnehmen"),
            self.tr("Kontakt erfassen, Termin vereinbaren"),
            self.tr("Einladung ausgeben"),
        )

    def _all_texts(self) -> Mapping[TourStep, str]:
        return _by_step(
            self.tr("Name und Anschrift des Jobcenters stehen auf jedem Brief."),
            self.tr("Aus einer Tabelle (CSV, XLSX) oder einzeln."),
            self.tr("Unter dem Vermerk steht, ob er zählt; darunter der nächste Termin."),
            self.tr("Als Brief drucken oder als Kalenderdatei speichern."),
        )

    def _all_actions(self) -> Mapping[TourStep, str]:
        return _by_step(
            self.tr("Zu den Einstellungen"),
            self.tr("Zu den Kunden"),
            self.tr("Zur Schaltfläche"),
            self.tr("Zu den Einladungen"),
        )


def _by_step(*texts: str) -> Mapping[TourStep, str]:
    each: Sequence[str] = texts
    return dict(zip(TourStep, each, strict=True))
