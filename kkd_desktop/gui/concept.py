"""Which concept is in force today, said in the window at all times, and loudly where none is?"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QObject

from kkd_desktop.actions import policies
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import OnShelf
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import Policy, Validity
from kkd_desktop.domain.policy_set import Combine
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.window import MainWindow

_NOTICE = "concept"
_BROKEN = "broken"
STANDING_TONES = {
    policies.Standing.IN_FORCE: Tone.OK,
    policies.Standing.EXPIRED: Tone.LATE,
    policies.Standing.AHEAD: Tone.SOON,
    policies.Standing.BROKEN: Tone.LATE,
}


class ConceptState(QObject):
    """Keeps title, day and the loud notices of the window true; `refresh` after every change."""

    def __init__(
        self, session: Session, window: MainWindow, open_settings: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._open_settings = open_settings
        self._shown: dict[str, str] = {}

    def refresh(self) -> None:
        """Say anew which concept is chosen and what is wrong with it."""
        context = self._session.context
        day = texts.weekday_day(context.today)
        try:
            title, tone = concept_title(context)
            notices = {
                found.policy.id: (
                    found.text,
                    self.tr("Verlängern …") if found.can_prolong else self.tr("Konzept wählen …"),
                )
                for found in policies.notices(context)
            }
        except UserError as fault:
            title, tone = self.tr("nicht lesbar"), Tone.LATE
            notices = {_BROKEN: (str(fault), self.tr("Konzept wählen …"))}
        self._window.set_concept(title, day, tone)
        self._show(notices)

    def _show(self, notices: dict[str, tuple[str, str]]) -> None:
        for name in self._shown.keys() - notices.keys():
            self._window.clear_notice(f"{_NOTICE}:{name}")
            del self._shown[name]
        for name, (text, action) in notices.items():
            # Shown anew only when it changed: a screen reader would repeat it at every step.
            if self._shown.get(name) != text:
                self._shown[name] = text
                self._window.show_notice(
                    f"{_NOTICE}:{name}", text, Tone.LATE, action, self._open_settings
                )


def concept_title(context: Context) -> tuple[str, Tone]:
    """`Mönchengladbach 2012`, or `Uelzen 2019, abgelaufen` in the tone that goes with it; of a set
    its own name, and what is to say of its parts: `Musterstadt, abgelaufen: Uelzen 2019`.
    """
    titles, tone = [], Tone.NEUTRAL
    for concept in context.concepts(context.today):
        said = [concept.title]
        for policy in concept.policies:
            words = _short_standing(policy, context.today)
            if words:
                # The word first: where room is short the end is cut off.
                said.append(words if concept.whole is None else f"{words}: {policy.short_title}")
            if not policy.validity.in_force(context.today):
                tone = Tone.LATE
        titles.append(", ".join(said))
    return " + ".join(titles), tone


def combine_text(combine: Combine) -> str:
    """How the parts of a set go together."""
    if combine is Combine.FIRST:
        return _tr("Zusammenstellung: in dieser Reihenfolge")
    return _tr("Zusammenstellung: die strengere Vorgabe gilt")


def parts_text(shelved: OnShelf, today: date) -> str:
    """`Heute: Musterstadt 2025 + Uelzen 2019 (abgelaufen)`, in the order of the parts."""
    said = []
    for part in shelved.parts:
        words = _short_standing(part.speaking, today)
        title = part.speaking.short_title
        said.append(f"{title} ({words})" if words else title)
    in_order = shelved.whole is not None and shelved.whole.combine is Combine.FIRST
    sign = ", " if in_order else " + "
    return _tr("Heute: {policies}").format(policies=sign.join(said))


def shelf_standing(shelved: OnShelf, today: date) -> tuple[str, Tone]:
    """How a concept or set stands today; of a set also that a part of it is silent."""
    tone = STANDING_TONES[shelved.standing]
    if shelved.whole is None:
        validity = None if shelved.policy is None else shelved.policy.validity
        return standing_text(shelved.standing, validity, today), tone
    if shelved.standing is not policies.Standing.IN_FORCE:
        expired = shelved.standing is policies.Standing.EXPIRED
        return (_tr("abgelaufen") if expired else _tr("gilt noch nicht")), tone
    if all(part.speaking.validity.in_force(today) for part in shelved.parts):
        return _tr("in Kraft"), tone
    return _tr("nur teilweise in Kraft"), Tone.SOON


def validity_text(validity: Validity, today: date) -> str:
    """From when until when, in one line: `gilt seit 01.03.2012, ohne Ende`."""
    since, until = texts.day(validity.since), texts.day(validity.until)
    if validity.prolonged:
        return _tr("seit {since}, vom Jobcenter verlängert bis {until}").format(
            since=since, until=until
        )
    if validity.since is None and validity.evidenced is not None:
        return _tr("am {day} in Kraft; Beginn und Ende sind nicht belegt").format(
            day=texts.day(validity.evidenced)
        )
    if validity.until is None:
        begun = validity.since is None or validity.since <= today
        return (_tr("seit {since}, ohne Ende") if begun else _tr("ab {since}")).format(since=since)
    return _tr("{since} bis {until}").format(since=since, until=until)


def standing_text(standing: policies.Standing, validity: Validity | None, today: date) -> str:
    """How a concept stands today, in words."""
    if standing is policies.Standing.BROKEN or validity is None:
        return _tr("nicht lesbar")
    if standing is policies.Standing.EXPIRED and validity.until is not None:
        gone = texts.day(validity.until + timedelta(days=1))
        return _tr("abgelaufen seit {day}").format(day=gone)
    if standing is policies.Standing.AHEAD:
        return _tr("gilt noch nicht")
    if validity.prolonged:
        return _tr("in Kraft, verlängert")
    known = validity.since is not None
    return _tr("in Kraft") if known else _tr("in Kraft, soweit bekannt")


def _short_standing(policy: Policy, today: date) -> str:
    validity = policy.validity
    if validity.in_force(today):
        return _tr("verlängert") if validity.prolonged else ""
    expired = validity.until is not None and validity.until < today
    return _tr("abgelaufen") if expired else _tr("gilt noch nicht")


def _tr(text: str) -> str:
    return QCoreApplication.translate("concept", text)
