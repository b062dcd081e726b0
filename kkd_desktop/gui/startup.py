"""From a started process to an open caseload: which file, which key, which first question?

Who is asked for a passphrase sees the question first; what the caseload needs loads meanwhile.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from kkd_desktop import paths
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import crashes, look, theme, translations
from kkd_desktop.gui.look import Look

if TYPE_CHECKING:
    from kkd_desktop.actions.context import Context
    from kkd_desktop.actions.secrets import Key
    from kkd_desktop.gui.instance import SingleInstance
    from kkd_desktop.gui.workplace import Workplace

LAST_STORE = "store/path"
DEMO_CLIENTS = 300
UNUSABLE = 2
_FIRST_KEYS_MS = 50
_NEEDED_NEXT = (
    "kkd_desktop.actions.stores",
    "kkd_desktop.actions.worklist",
    "kkd_desktop.gui.window",
    "kkd_desktop.gui.pages.heute",
    "kkd_desktop.gui.workplace",
)
"""What an open caseload needs, in steps short enough to type a passphrase beside them."""


def this_day() -> date:
    """The day on this computer's clock: the one place where the window asks for it."""
    return datetime.now().date()  # noqa: DTZ005


def application() -> QApplication:
    """The dressed and translated QApplication of this process."""
    theme.prepare()
    enlarged = look.take_size(_settings_file())
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if enlarged:
        look.forget_size()
    assert isinstance(app, QApplication)
    app.setApplicationName("kkd-desktop")
    # By this name desktops find the entry with the icon.
    app.setDesktopFileName("kkd-desktop")
    theme.apply(app)
    translations.install(app, translations.chosen_language(_kept()))
    return app


class Startup:
    """Opens one caseload in one window."""

    def __init__(
        self,
        *,
        store: Path | None,
        demo: bool,
        today: date | None,
        early_key: Callable[[], object] = lambda: None,
        settings: QSettings | None = None,
        locked: bool = False,
    ) -> None:
        """`today` None follows the clock, over midnight too; `locked` asks for the passphrase,
        whoever else knows it, and goes on where the window was locked.
        """
        self._store = store
        self._demo = demo
        self._today = today
        self._early_key = early_key
        self._given_settings = settings
        self._locked = locked
        self._instance: SingleInstance | None = None
        self._on_exit = ExitStack()

    def run(self) -> int:
        app = application()
        crashes.install()
        self._on_exit.callback(gc.enable)
        with self._on_exit:
            try:
                workplace = self.open()
            except UserError as fault:
                from kkd_desktop.gui.dialogs.base import ask
                from kkd_desktop.gui.dialogs.refusal import RefusalDialog

                ask(RefusalDialog(str(fault)))
                return UNUSABLE
            if workplace is None:
                return 0
            _hear_ends(workplace)
            workplace.window.show()
            code = app.exec()
            from kkd_desktop.gui import restart, tasks

            tasks.finish()
            path = workplace.session.context.store.path
        if code == restart.LOCKED:
            restart.begin_again(path, self._today)
        return code

    def open(self) -> Workplace | None:
        """The workplace of the chosen caseload; None where the user chose not to go on."""
        settings = self._settings()
        chosen = look.chosen_look(settings)
        if chosen is not Look.SYSTEM:
            look.wear(chosen)
        path = None if self._demo else self._store or _known(settings)
        # Whoever has the caseload open already sees that window, and is asked nothing.
        instance = self._claimed(path) if path is not None and path.is_file() else None
        if path is not None and path.is_file() and instance is None:
            return None
        found = self._demo_key() if self._demo else self._key_of(path)
        if found is None:
            return None
        if instance is not None and found[0] != path:
            # Another file was chosen on the way.
            instance.release()
            instance = None
        path, key = found
        instance = instance or self._claimed(path)
        if instance is None:
            return None
        from kkd_desktop.actions import stores

        today = self._today or this_day()
        context = self._on_exit.enter_context(
            stores.open_caseload(path, key, today, thorough=False)
        )
        workplace = self._workplace(context, instance, settings)
        if not self._demo:
            # Writing settings waits for the disk twice.
            workplace.settling.connect(lambda: settings.setValue(LAST_STORE, str(path)))
        workplace.settling.connect(self._take_motion)
        workplace.settling.connect(lambda: _check(path, key, workplace))
        return workplace

    def close(self) -> None:
        """Close the store and give back its lock."""
        self._on_exit.close()

    def _workplace(
        self, context: Context, instance: SingleInstance, settings: QSettings
    ) -> Workplace:
        from kkd_desktop.gui.session import Session
        from kkd_desktop.gui.workplace import Workplace

        session = Session(context, follows_clock=None if self._today else this_day)
        self._on_exit.callback(session.finish)
        workplace = Workplace(session, settings, is_demo=self._demo, after_lock=self._locked)
        if workplace.window.devicePixelRatioF() > 1:
            workplace.window.fit_screen()
        instance.activation_requested.connect(workplace.window.bring_to_front)
        workplace.settling.connect(instance.listen)
        if not self._demo:
            # Of invented people that are gone at the end nothing need be kept.
            workplace.settling.connect(workplace.keep_backups)
        return workplace

    def _settings(self) -> QSettings:
        if self._given_settings is None:
            self._given_settings = _kept()
        return self._given_settings

    def _take_motion(self) -> None:
        """Before a question, but only after the first picture of a caseload: what the system wants
        costs 6 ms to ask.
        """
        from kkd_desktop.gui import motion

        motion.take_motion(motion.chosen_motion(self._settings()))

    def _key_of(self, path: Path | None) -> tuple[Path, Key] | None:
        """The store that was named or used last with its key, or one that is now created."""
        from kkd_desktop.actions.secrets import Key

        if path is None:
            return self._welcome()
        key = self._early_key()
        if isinstance(key, Key):
            return path, key
        return self._unlocked(path)

    def _unlocked(self, path: Path) -> tuple[Path, Key] | None:
        def unlock(text: str) -> Key:
            from kkd_desktop.actions import stores
            from kkd_desktop.actions.secrets import Passphrase, key_of

            key = key_of(path, Passphrase(text))
            with stores.open_caseload(path, key, self._today or this_day()):
                return key

        from kkd_desktop.gui.unlocking import Unlocking

        self._take_motion()
        unlocking = Unlocking(path, unlock, self._settings(), locked=self._locked)
        dialog = unlocking.question
        _load_meanwhile(dialog)
        unlocking.ask(self._instance)
        if dialog.restore_wanted:
            return self._restored()
        opened = dialog.opened
        return None if opened is None else (path, cast("Key", opened))

    def _welcome(self) -> tuple[Path, Key] | None:
        from kkd_desktop.gui.dialogs.base import ask
        from kkd_desktop.gui.dialogs.welcome import WelcomeDialog

        self._take_motion()
        while True:
            answer: list[Callable[[], tuple[Path, Key] | None]] = []
            dialog = WelcomeDialog()
            dialog.demo_chosen.connect(partial(answer.append, self._demo_key))
            dialog.creation_chosen.connect(partial(answer.append, self._created))
            dialog.restore_chosen.connect(partial(answer.append, self._restored))
            dialog.other_language_chosen.connect(partial(answer.append, self._speak_other))
            ask(dialog)
            # Whoever gives up creating one is asked again what to begin with.
            if not answer or (found := answer[0]()) is not None:
                return found if answer else None

    def _speak_other(self) -> None:
        """The first question again, and all that comes, in the other language."""
        chosen = translations.other()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        translations.keep_language(self._settings(), chosen)
        translations.install(app, chosen)

    def _created(self) -> tuple[Path, Key] | None:
        from kkd_desktop.actions import policies, stores
        from kkd_desktop.actions.secrets import Passphrase, key_of
        from kkd_desktop.gui.dialogs.base import ask
        from kkd_desktop.gui.dialogs.create_store import CreateStoreDialog

        def create(path: Path, text: str, concept: str) -> tuple[Path, Key]:
            passphrase = Passphrase(text)
            context = stores.create_caseload(path, passphrase, self._today or this_day())
            with context.store:
                policies.choose(context, concept)
            return path, key_of(path, passphrase)

        concepts = policies.choosable(policies.open_shelf())
        dialog = CreateStoreDialog(paths.user_data() / "fallbestand.kkd", create, concepts)
        ask(dialog)
        return dialog.created if isinstance(dialog.created, tuple) else None

    def _restored(self) -> tuple[Path, Key] | None:
        """A caseload out of a back-up, where there is none yet or none that opens."""
        from kkd_desktop.actions import backups
        from kkd_desktop.actions.secrets import Passphrase, key_of
        from kkd_desktop.gui.dialogs.base import ask
        from kkd_desktop.gui.dialogs.restore_store import RestoreStoreDialog

        def restore(backup: Path, text: str, target: Path) -> tuple[Path, Key]:
            passphrase = Passphrase(text)
            backups.restore(backup, passphrase, target, self._today or this_day())
            return target, key_of(target, passphrase)

        place = self._store or paths.user_data() / "fallbestand.kkd"
        dialog = RestoreStoreDialog(place, restore)
        ask(dialog)
        return dialog.restored if isinstance(dialog.restored, tuple) else None

    def _demo_key(self) -> tuple[Path, Key]:
        """A store of invented people that is gone when the program ends."""
        from secrets import token_urlsafe

        from kkd_desktop.actions import stores
        from kkd_desktop.actions.secrets import Passphrase, key_of

        self._demo = True
        folder = self._on_exit.enter_context(TemporaryDirectory(prefix="kkd-beispiel-"))
        path, passphrase = Path(folder) / "beispiel.kkd", Passphrase(token_urlsafe())
        today = self._today or this_day()
        stores.create_demo(path, passphrase, today, clients=DEMO_CLIENTS).store.close()
        return path, key_of(path, passphrase)

    def _claimed(self, path: Path) -> SingleInstance | None:
        """The lock of the store; where another window has it, that one comes to the front."""
        from kkd_desktop.gui.instance import SingleInstance

        instance = SingleInstance(path)
        if not instance.claim():
            if instance.ask_to_raise():
                return None
            if not self._taken_over(instance, path):
                return None
        self._on_exit.callback(instance.release)
        self._instance = instance
        return instance

    def _taken_over(self, instance: SingleInstance, path: Path) -> bool:
        from kkd_desktop.gui.dialogs.base import ask
        from kkd_desktop.gui.dialogs.taken import TakenDialog

        dialog = TakenDialog(path.name, instance.holder())
        ask(dialog)
        return dialog.take_over and instance.take_over()


def _kept() -> QSettings:
    return QSettings(str(_settings_file()), QSettings.Format.IniFormat)


def _settings_file() -> Path:
    return paths.user_data() / "fenster.ini"


def _hear_ends(workplace: Workplace) -> None:
    """A process that is told to end closes its store and sweeps the invented people."""
    import signal

    from kkd_desktop.gui.restart import LOCKED

    workplace.locked.connect(lambda: QApplication.exit(LOCKED))
    signal.signal(signal.SIGTERM, lambda *_: QApplication.quit())


def _check(path: Path, key: Key, workplace: Workplace) -> None:
    """After the first picture every page of the file is read."""
    from kkd_desktop.actions import stores
    from kkd_desktop.gui import tasks

    def refuse(fault: UserError) -> None:
        from kkd_desktop.gui.dialogs.base import ask
        from kkd_desktop.gui.dialogs.refusal import RefusalDialog

        ask(RefusalDialog(str(fault), workplace.window))
        workplace.window.close()

    tasks.run(lambda progress: stores.require_in_order(path, key), on_failure=refuse)


def _load_meanwhile(dialog: QObject) -> None:
    """Import what comes next, one module a turn, while the user types."""
    waiting = list(_NEEDED_NEXT)
    timer = QTimer(dialog, interval=0)

    def load() -> None:
        if waiting:
            import_module(waiting.pop(0))
        else:
            timer.stop()

    timer.timeout.connect(load)
    QTimer.singleShot(_FIRST_KEYS_MS, timer, timer.start)


def _known(settings: QSettings) -> Path | None:
    """The store that was open last, or the one in the usual place, if it is still there."""
    last = settings.value(LAST_STORE)
    places = [Path(str(last))] if last else []
    places.append(paths.user_data() / "fallbestand.kkd")
    return next((place for place in places if place.is_file()), None)
