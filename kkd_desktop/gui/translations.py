"""Which language does the window speak? German, or English where somebody chose it here.

The texts in the code are German, so German needs nothing but Qt's own. English comes from the one
catalogue, which also what stands below the window asks through `domain.language`.
"""

from enum import StrEnum

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from kkd_desktop import paths
from kkd_desktop.domain import language

_CHOSEN = "look/language"


class Language(StrEnum):
    """What the user chooses among."""

    GERMAN = "de"
    ENGLISH = "en"


NAMES = {Language.GERMAN: "Deutsch", Language.ENGLISH: "English"}
"""Each is called what its speakers call it."""

_installed: list[QTranslator] = []


def chosen_language(settings: QSettings) -> Language:
    stored = str(settings.value(_CHOSEN, ""))
    return Language(stored) if stored in set(map(str, Language)) else Language.GERMAN


def other() -> Language:
    """The one that is not spoken now."""
    return Language.ENGLISH if language.is_german() else Language.GERMAN


def keep_language(settings: QSettings, chosen: Language) -> None:
    """Remember it: windows that are open keep theirs until the program starts again."""
    settings.setValue(_CHOSEN, chosen.value)
    settings.sync()


def install(app: QApplication, chosen: Language = Language.GERMAN) -> bool:
    """Let everything made from now on speak; False where Qt ships no texts for it."""
    # Kept by hand: findChildren would set up every class of Qt, 6 ms before the first picture.
    while _installed:
        before = _installed.pop()
        app.removeTranslator(before)
        before.deleteLater()
    if chosen is Language.ENGLISH:
        return _install_english(app)
    language.speak(None)
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_de", folder) and _put_in(app, translator)


def _install_english(app: QApplication) -> bool:
    """Qt's own texts are English by themselves."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    speak_english()
    return _put_in(app, CatalogueTranslator(app))


def _put_in(app: QApplication, translator: QTranslator) -> bool:
    _installed.append(translator)
    return app.installTranslator(translator)


def speak_english() -> None:
    """What stands below the window, too."""
    from gettext import GNUTranslations

    with (paths.resources() / "languages" / "en.mo").open("rb") as file:
        english = GNUTranslations(file)
    # gettext has no other way to the texts; those with a context have a sign no text has.
    german = (text for text in vars(english)["_catalog"] if "\x04" not in text)
    language.speak(english, tuple(german))


class CatalogueTranslator(QTranslator):
    """Answers each `tr` from the catalogue; what is not in it is left to Qt."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        said = language.said(sourceText)
        # None is Qt's "not here"; an empty text would be shown.
        return said if said != sourceText else None  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return False
