"""How does the tour lead through the window? A card on Heute, and a ring around the real control.

It ends by itself when the work is done, and keeps nobody from doing anything else.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import policies
from kkd_desktop.actions import tour as tours
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.tour import Tour, TourState, TourStep
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.spotlight import Spotlight
from kkd_desktop.gui.widgets.tour_card import TourCard

if TYPE_CHECKING:
    from kkd_desktop.gui.pages.heute import HeutePage
    from kkd_desktop.gui.workplace import Workplace

_NOTICE = "tour"


class TourGuide(QObject):
    """Shows the card while the tour runs and follows what is done."""

    def __init__(self, workplace: "Workplace") -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._window, self._session = workplace.window, workplace.session
        self._known: frozenset[TourStep] = frozenset()
        self._light: Spotlight | None = None
        self._is_over = False
        self.card = TourCard()
        self.card.hide()
        self._heute().show_above_side(self.card)

        self.card.step_wanted.connect(self.lead_to)
        self.card.later_wanted.connect(self.leave)
        self.card.help_wanted.connect(self._show_help)
        self._session.changed.connect(self.refresh)
        self._window.page_shown.connect(self._follow_page)

    def begin(self) -> None:
        """Show the card, from where the tour was left."""
        if not self._keep(tours.begin):
            return
        self._known = self._now().done
        self.refresh()

    def resume(self) -> None:
        """The same because somebody asked for it: the card gets the keyboard."""
        self.begin()
        self._go_to_card()

    def leave(self) -> None:
        """Put the card away; what was done stays done."""
        self._is_over = False
        if self._now().state is TourState.RUNNING:
            self._keep(tours.leave)
        self._put_out()
        self.refresh()
        self._window.show_page("heute").setFocus()

    def refresh(self) -> None:
        """Ask how far it has come, and say so where something new is done on another page."""
        tour = self._now()
        running = tour.state is TourState.RUNNING
        if running and tour.next_step is None:
            # It says so until it is put away or the window closes, and does not come back.
            self._is_over = self._keep(tours.finish)
        running = running or self._is_over
        self.card.setVisible(running)
        self._heute().fit_guide()
        if not running:
            self._window.clear_notice(_NOTICE)
            return
        self.card.show_tour(tour)
        new, self._known = tour.done - self._known, tour.done
        if new and self._window.current_page() != "heute":
            title = self.card.title_of(max(new, key=list(TourStep).index))
            self._window.show_notice(
                _NOTICE,
                self.tr("Rundgang: „{step}“ ist getan.").format(step=title),
                Tone.NEUTRAL,
                self.tr("Weiter"),
                self._go_to_card,
            )

    def lead_to(self, step: TourStep) -> None:
        """Show the place where a step is done, with the keyboard on its control."""
        self._put_out()
        {
            TourStep.OFFICE: self._lead_to_office,
            TourStep.PEOPLE: self._lead_to_people,
            TourStep.CONTACT: self._lead_to_contact,
            TourStep.INVITATION: self._lead_to_invitation,
        }[step]()

    def light(self) -> Spotlight | None:
        """The ring, while it is shown."""
        return self._light

    def _lead_to_office(self) -> None:
        from kkd_desktop.gui.pages.einstellungen import EinstellungenPage

        page = self._window.show_page("einstellungen")
        assert isinstance(page, EinstellungenPage)
        wanting = policies.notices(self._session.context)
        section = page.concept if wanting else page.office

        def show() -> None:
            page.show_section(section)
            self._light_up([section])

        self._when_laid_out(page, show)

    def _lead_to_people(self) -> None:
        from kkd_desktop.gui.pages.kunden import KundenPage

        page = self._window.show_page("kunden")
        assert isinstance(page, KundenPage)
        self._when_laid_out(page, lambda: self._light_up([page.import_button, page.add_button]))

    def _lead_to_contact(self) -> None:
        page = self._heute()
        self._window.show_page("heute")
        page.worklist.choose_first()
        self._light_up([self._window.bar.contact])

    def _lead_to_invitation(self) -> None:
        from kkd_desktop.gui.pages.einladungen import EinladungenPage, Period

        page = self._window.show_page("einladungen")
        assert isinstance(page, EinladungenPage)
        page.show_period(Period.UPCOMING)
        self._when_laid_out(page, lambda: self._light_up([page.write_button, page.calendar_button]))

    def _when_laid_out(self, page: QWidget, act: Callable[[], object]) -> None:
        """In a turn of its own: a page that was never shown has no places yet."""
        QTimer.singleShot(0, page, act)

    def _light_up(self, targets: Sequence[QWidget]) -> None:
        """A ring around each, and the keyboard on the first that can be pressed."""
        for target in targets:
            if target.isEnabled() and target.focusPolicy() & Qt.FocusPolicy.TabFocus:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                break
        self._light = Spotlight(targets, self._window)
        self._light.ended.connect(self._put_out)

    def _put_out(self) -> None:
        light, self._light = self._light, None
        if light is not None:
            light.end()

    def _keep(self, act: Callable[[Context], object]) -> bool:
        try:
            act(self._session.context)
        except UserError as fault:
            self._session.failed.emit(str(fault))
            return False
        return True

    def _follow_page(self, page: str) -> None:
        if self._light is not None and page != "heute":
            self._put_out()
        if page == "heute":
            self._window.clear_notice(_NOTICE)

    def _go_to_card(self) -> None:
        self._window.show_page("heute")
        button = self.card.go_button if self._now().next_step else self.card.later_button
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_help(self) -> None:
        from kkd_desktop.gui.dialogs.help import open_help
        from kkd_desktop.gui.help_pages import FIRST

        open_help(FIRST, self._window)

    def _now(self) -> Tour:
        return tours.tour(self._session.context) or Tour(TourState.LEFT)

    def _heute(self) -> "HeutePage":
        from kkd_desktop.gui.pages.heute import HeutePage

        page = self._window.page("heute")
        assert isinstance(page, HeutePage)
        return page
