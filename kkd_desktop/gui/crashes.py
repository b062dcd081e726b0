"""What happens to a fault that nobody caught? The user hears of it; of a bug the log says
where, and nothing personal.
"""

import re
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from kkd_desktop import __version__, paths
from kkd_desktop.domain.errors import UserError

_HEARD = re.compile(r"^Error calling Python override of [\w:]+\(\): ")


def install() -> None:
    """Log what nobody caught: type and places only, because a message may quote data."""
    sys.excepthook = _report
    # What nobody waits for is only written down: Python's own report would quote the message.
    threading.excepthook = _note_thread
    sys.unraisablehook = _note_unraisable


def _note_thread(fault: threading.ExceptHookArgs) -> None:
    _note(fault.exc_type, fault.exc_traceback)


def _note_unraisable(fault: "sys.UnraisableHookArgs") -> None:
    _note(fault.exc_type, fault.exc_traceback)


def _report(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)
        return
    if isinstance(fault, UserError):
        _tell(str(fault))
        return
    log = _note(kind, trace)
    if QApplication.instance() is not None:
        text = QApplication.translate(
            "Crashes",
            "Das Programm hat einen Fehler gemacht. Was bestätigt war, ist gespeichert. "
            "Wo er auftrat, steht ohne Angaben zu Personen in: {file}",
        ).format(file=log)
        _show_box(text)


def _tell(sentence: str) -> None:
    """What was pressed could not be done: who was in sight may be deleted by another process, or
    the file out of reach. Said where the user is, so that no button need reckon with it.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        _say(sentence)
        return
    # Qt says before it where it heard of it.
    sentence = _HEARD.sub("", sentence)
    from kkd_desktop.gui.dialogs.base import Dialog
    from kkd_desktop.gui.window import MainWindow

    dialog = app.activeModalWidget()
    known = [app.activeWindow(), *app.topLevelWidgets()]
    windows = (each for each in known if isinstance(each, MainWindow) and each.isVisible())
    window = next(windows, None)
    if isinstance(dialog, Dialog):
        dialog.show_error(sentence)
    elif window is not None:
        window.say(sentence)
    else:
        _show_box(sentence)


def _show_box(text: str) -> None:
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "Kontaktdichte", "")
    box.setTextFormat(box.textFormat().PlainText)
    box.setText(text)
    box.exec()


def _note(kind: type[BaseException], trace: TracebackType | None) -> Path:
    """Write it into the log and to whoever reads the terminal."""
    lines = describe(kind, trace)
    _say("\n".join(lines))
    log = paths.user_data() / "fehler.log"
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as target:
            target.write("\n".join(lines) + "\n\n")
    except OSError:
        _say("fehler.log: nicht beschreibbar")
    return log


def _say(text: str) -> None:
    """Without a terminal, as on Windows, there is nobody to read it."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def describe(kind: type[BaseException], trace: TracebackType | None) -> list[str]:
    """Version, moment, type and places of a fault; never its message or any value."""
    import traceback

    frames = [
        f"  {frame.filename.rsplit('kkd_desktop', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return [f"{moment} kkd {__version__} {kind.__name__}", *frames]
