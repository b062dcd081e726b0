"""Where shall the file go? Asked with the system's own dialogs; tests put others in their place."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


class PlaceChooser:
    """Asks for files and folders, and begins the next time where the last one was."""

    def __init__(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents) or Path.home())

    def file(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        """A file to write, `name` proposed; `kind` is a filter such as `PDF (*.pdf)`."""
        dialog = QFileDialog(parent, title, str(self._folder / name), kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Set here and not appended later, so that the question about overwriting sees it.
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        return self._chosen(dialog)

    def existing(self, parent: QWidget, title: str, kind: str) -> Path | None:
        """A file to read; `kind` as in `file`."""
        dialog = QFileDialog(parent, title, str(self._folder), kind)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._chosen(dialog)

    def several(self, parent: QWidget, title: str, kind: str) -> list[Path]:
        """Files to read; `kind` as in `file`."""
        dialog = QFileDialog(parent, title, str(self._folder), kind)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chosen = self._chosen(dialog) is not None
        return [Path(name) for name in dialog.selectedFiles()] if chosen else []

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder to write several files into, or to read."""
        dialog = QFileDialog(parent, title, str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        found = self._chosen(dialog)
        if found is not None:
            self._folder = found
        return found

    def _chosen(self, dialog: QFileDialog) -> Path | None:
        if dialog.exec() != QFileDialog.DialogCode.Accepted or not dialog.selectedFiles():
            return None
        found = Path(dialog.selectedFiles()[0])
        self._folder = found.parent
        return found
