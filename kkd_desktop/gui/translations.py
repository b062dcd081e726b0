"""Which language do Qt's own dialogs and calendars speak? German, as everything here."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def install(app: QApplication) -> bool:
    """Make German the locale and load Qt's German texts; False where Qt ships none."""
    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)
    QLocale.setDefault(german)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(german, "qtbase", "_", folder) and app.installTranslator(translator)
