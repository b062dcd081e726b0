"""How does the window look on this computer: colours, size, motion and language?"""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from kkd_desktop.gui import look, motion, theme, translations
from kkd_desktop.gui.look import Look
from kkd_desktop.gui.motion import Motion
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.translations import Language
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl


class AppearanceSection(Section):
    """Kept for this computer and not in the caseload: eyes and screens differ, files travel."""

    def __init__(
        self, session: Session, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, self.tr("Darstellung"), parent=parent)
        self._kept = settings
        self.look = SegmentedControl(
            [
                (Look.SYSTEM, self.tr("Wie das System")),
                (Look.LIGHT, self.tr("Hell")),
                (Look.DARK, self.tr("Dunkel")),
                (Look.CONTRAST, self.tr("Hoher Kontrast")),
            ]
        )
        self.zoom = SegmentedControl(
            [(str(size), self.tr("{size} %").format(size=size)) for size in look.SIZES]
        )
        self.motion = SegmentedControl(
            [(Motion.SYSTEM, self.tr("Wie das System")), (Motion.LESS, self.tr("Verringern"))]
        )
        self.look_field = FormField(self.tr("Farben"), self.look)
        self.zoom_field = FormField(self.tr("Schriftgröße"), self.zoom)
        self.motion_field = FormField(
            self.tr("Bewegung"),
            self.motion,
            self.tr(
                "Verringert blinkt die Schreibmarke nicht, und Balken von Arbeit, deren Dauer "
                "niemand kennt, stehen still. Sonst bewegt sich nichts."
            ),
        )
        self.language = SegmentedControl([(each, translations.NAMES[each]) for each in Language])
        self.language_field = FormField(self.tr("Sprache"), self.language)
        self.note = PlainLabel(
            self.tr("Gilt für diesen Rechner."),
            size=theme.SMALL_SIZE,
            muted=True,
            wrap=True,
        )
        for widget in (
            self.look_field,
            self.zoom_field,
            self.motion_field,
            self.language_field,
            self.note,
        ):
            self.body.addWidget(widget)
        self.show_settings()

        self.look.value_changed.connect(self._take_look)
        self.zoom.value_changed.connect(self._take_size)
        self.motion.value_changed.connect(self._take_motion)
        self.language.value_changed.connect(self._take_language)

    def show_settings(self) -> None:
        """Show what is kept for this computer."""
        if self._kept is not None:
            self.look.set_value(look.chosen_look(self._kept))
            self.zoom.set_value(str(look.chosen_size(self._kept)))
            self.motion.set_value(motion.chosen_motion(self._kept))
            self.language.set_value(translations.chosen_language(self._kept))

    def _take_look(self, value: str) -> None:
        if self._kept is None:
            look.wear(Look(value))
        elif value != look.chosen_look(self._kept):
            look.keep_look(self._kept, Look(value))
            self.say_saved()

    def _take_size(self, value: str) -> None:
        if self._kept is not None and int(value) != look.chosen_size(self._kept):
            look.keep_size(self._kept, int(value))
            self.zoom_field.set_hint(self.tr("Gilt ab dem nächsten Start des Programms."))
            self.say_saved()

    def _take_motion(self, value: str) -> None:
        if self._kept is None:
            motion.take_motion(Motion(value))
        elif value != motion.chosen_motion(self._kept):
            motion.keep_motion(self._kept, Motion(value))
            self.say_saved()

    def _take_language(self, value: str) -> None:
        if self._kept is not None and value != translations.chosen_language(self._kept):
            translations.keep_language(self._kept, Language(value))
            self.language_field.set_hint(
                self.tr("Gilt ab dem nächsten Start des Programms, auch nach dem Sperren.")
            )
            self.say_saved()
