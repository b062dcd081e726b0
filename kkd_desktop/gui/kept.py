"""Which view and which filter were chosen last? Kept from one day to the next, never a name."""

from PySide6.QtCore import QSettings

from kkd_desktop.gui.widgets.segmented import SegmentedControl


def keep_choice(settings: QSettings | None, key: str, control: SegmentedControl) -> None:
    """Take the choice of last time, where there still is such a one, and keep each new one."""
    if settings is None:
        return
    last = settings.value(key)
    if isinstance(last, str) and last in control.values():
        control.set_value(last)
    control.value_changed.connect(lambda value: settings.setValue(key, str(value)))
