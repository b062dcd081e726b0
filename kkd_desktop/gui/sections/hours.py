"""When is there time for talks, and how long do they take?"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.lengths import LENGTH_NAMES, LONGEST_TALK, Length
from kkd_desktop.domain.policy import CapacityNorm
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section, line_of, put
from kkd_desktop.gui.sections.weeks import WeeksEdit
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.calm import Choice, NumberEdit
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel


class HoursSection(Section):
    """The weeks, the role and its norm, lengths of talks."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            self.tr("Arbeitszeit"),
            self.tr("Zeiten, in denen Gespräche liegen dürfen"),
            parent,
        )
        self.weeks = WeeksEdit()
        self.weekly = FormField(self.tr("Wochenstunden"), QLineEdit())
        self.role = FormField(self.tr("Aufgabe"), Choice())
        self.step = FormField(self.tr("Beginn alle"), NumberEdit(5, 120, self.tr(" min")))
        self.talks = {key: NumberEdit(5, LONGEST_TALK, self.tr(" min")) for key in LENGTH_NAMES}
        self.preparations = {
            key: NumberEdit(0, LONGEST_TALK, self.tr(" min")) for key in LENGTH_NAMES
        }
        self.totals = {key: PlainLabel(muted=True) for key in LENGTH_NAMES}

        self.body.addWidget(self.weeks)
        self.body.addWidget(Line())
        self.body.addLayout(side_by_side((self.weekly, 1), (self.role, 3), (self.step, 1)))
        self.body.addLayout(self._lengths())

        self.weeks.changed.connect(lambda hours: self.store(hours=hours))
        line_of(self.weekly).editingFinished.connect(self._take_weekly)
        self._role().activated.connect(self._take_role)
        self._step().valueChanged.connect(lambda value: self._change(step=value))
        for key in LENGTH_NAMES:
            for edit in (self.talks[key], self.preparations[key]):
                edit.valueChanged.connect(partial(self._take_length, key))

    def show_settings(self) -> None:
        hours = self.settings().hours
        self.weeks.show_hours(hours, self._session.context.today)
        put(self.weekly, texts.hundredths(hours.weekly_hours))
        self._step().set_quietly(hours.step)
        for key in LENGTH_NAMES:
            length: Length = getattr(hours.lengths, key)
            self.talks[key].set_quietly(length.talk)
            self.preparations[key].set_quietly(length.preparation)
            self.totals[key].setText(self.tr("{minutes} min").format(minutes=length.total))
        self._show_roles()

    def _lengths(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.TINY)
        titles = (
            self.tr("Gespräch"),
            self.tr("Vor- und Nachbereitung"),
            self.tr("im Kalender"),
        )
        for column, title in enumerate(titles, start=1):
            grid.addWidget(PlainLabel(title, size=theme.SMALL_SIZE, muted=True), 0, column)
        for row, (key, name) in enumerate(LENGTH_NAMES.items(), start=1):
            grid.addWidget(PlainLabel(name), row, 0)
            self.talks[key].setAccessibleName(name)
            self.preparations[key].setAccessibleName(
                self.tr("{talk}, Vor- und Nachbereitung").format(talk=name)
            )
            grid.addWidget(self.talks[key], row, 1)
            grid.addWidget(self.preparations[key], row, 2)
            grid.addWidget(self.totals[key], row, 3)
        grid.setColumnStretch(4, 1)
        grid.setColumnMinimumWidth(0, 130)
        return grid

    def _role(self) -> Choice:
        assert isinstance(self.role.field, Choice)
        return self.role.field

    def _step(self) -> NumberEdit:
        assert isinstance(self.step.field, NumberEdit)
        return self.step.field

    def _norms(self) -> Sequence[CapacityNorm]:
        try:
            policies = self._session.context.policies()
        except UserError:
            return ()
        return next((each.policy.capacity for each in policies if each.policy.capacity), ())

    def _show_roles(self) -> None:
        """The roles that the concept names, each once, and the norm that follows from it."""
        norms, chosen = self._norms(), self.settings().role
        choices: list[tuple[str | None, str]] = [(None, self.tr("keine Angabe"))]
        names: dict[str, str] = {}
        for norm in norms:
            for role, name in norm.role_names.items():
                if role == chosen or name not in names.values():
                    names = {key: kept for key, kept in names.items() if kept != name}
                    names[role] = name
        choices += names.items()
        if chosen is not None and chosen not in names:
            choices.append((chosen, self.tr("{role} (hier nicht geregelt)").format(role=chosen)))
        self._role().show_choices(choices, chosen)
        self.role.set_hint(self._norm_text(norms, chosen))

    def _norm_text(self, norms: Sequence[CapacityNorm], role: str | None) -> str:
        if not norms:
            return self.tr("Das Konzept setzt keinen Anteil der Arbeitszeit für Gespräche fest.")
        norm = next((n for n in norms if role is None or role in n.roles), None)
        if norm is None:
            return ""
        hours = norm.share / 100 * self.settings().hours.weekly_hours
        return self.tr(
            "Konzept: {share} % der Arbeitszeit für Gespräche, das sind {hours} h."
        ).format(share=texts.decimal(float(norm.share)), hours=texts.decimal(float(hours)))

    def _take_weekly(self) -> None:
        if not line_of(self.weekly).isModified():
            return
        hours = texts.read_number(line_of(self.weekly).text())
        if hours is None:
            self.weekly.show_error(self.tr("Bitte eine Zahl, wie 39 oder 19,5."))
            return
        self._change(self.weekly, weekly_hours=hours)

    def _take_role(self) -> None:
        if self._role().value() != self.settings().role:
            self.store(self.role, role=self._role().value())

    def _take_length(self, key: str, _: int) -> None:
        length = Length(self.talks[key].value(), self.preparations[key].value())
        self._change(lengths=replace(self.settings().hours.lengths, **{key: length}))

    def _change(self, field: FormField | None = None, **changes: object) -> None:
        hours = self.settings().hours
        try:
            changed: WorkingHours = replace(hours, **changes)
        except UserError as fault:
            self.refuse(field, fault)
            return
        if field is not None:
            line_of(field).setModified(False)
            field.show_error("")
        if changed != hours:
            self.store(field, hours=changed)
        else:
            self.show_settings()
