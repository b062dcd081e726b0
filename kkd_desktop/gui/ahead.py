"""What is loaded before Qt, and how is Qt loaded, so that the first window stands sooner?

Nothing here changes what the program does: without it, everything comes up later.
"""

import builtins
import enum
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from threading import Thread
from typing import Any

_VALUES = "kkd_desktop.domain.values"
_SECRETS = "kkd_desktop.actions.secrets"
_WITH_LIBRARIES = ("bisect",)
"""What the casework loads from shared libraries besides."""

_CASEWORK = ("kkd_desktop.actions.stores", "kkd_desktop.actions.worklist")

# Of PySide6 6.11: what serves `from __feature__ import ...`, and what words its signatures, stubs
# and error messages. A later version that has them elsewhere loads as it always did.
_FEATURE, _MAPPING = "shibokensupport/feature.py", "shibokensupport/signature/mapping.py"
_SELDOM_USED = {_FEATURE, _MAPPING} | {
    f"shibokensupport/signature/{name}.py"
    for name in (
        "errorhandler",
        "layout",
        "parser",
        "lib/enum_sig",
        "lib/pyi_generator",
        "lib/tool",
    )
}


def load(begin: Callable[[], object] | None = None) -> None:
    """Import PySide6, and before it what a caseload needs where that is the first thing to see:
    then `begin` says so. It is called as soon as a thread can be begun with the key of the caseload
    and finds all it imports: two threads that import keep each other from it.

    At every start PySide6 compiles, from text inside its library, modules that this program never
    asks for: those that word its error messages, and one that reads the source of every module
    imported later, looking for `from __feature__ import ...`. Here each is compiled when the first
    of its names is asked for.
    """
    # Thousands of objects come into being and none goes until the first picture.
    gc.disable()
    if hasattr(enum, "_simple_enum"):
        _INSIDE.EnumType._create_ = _create_enum
    if begin is not None:
        import_module(_SECRETS)
        begin()
    with _without("typing_extensions"):
        import_module(_VALUES)
    for module in _WITH_LIBRARIES if begin else ():
        import_module(module)
    # Only now: the system's loader has one lock, for which an import of a library would wait.
    if sys.platform == "linux":
        Thread(target=_map_qt, daemon=True).start()
    for module in _CASEWORK if begin else ():
        import_module(module)
    with _deferred_compilation():
        import PySide6.QtCore  # noqa: F401


def _map_qt() -> None:
    """Map and link Qt, and read the system's list of fonts: work that needs no interpreter, done
    beside the imports. Whatever is not found here, the import or Qt itself does later.
    """
    import ctypes

    # Called as a function of C it lets the interpreter go on, which loading by ctypes does not.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    folders = getattr(find_spec("PySide6"), "submodule_search_locations", None) or ()
    modules = [f"{name}.abi3.so" for name in ("QtCore", "QtGui", "QtWidgets")]
    for folder, name in product(folders, (*modules, _platform_plugin())):
        dlopen(os.fsencode(os.path.join(folder, name)), os.RTLD_LAZY)
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libfontconfig.so.1").FcInit()


_INSIDE: Any = enum
"""What the module has for itself."""

_create_checked: Callable[..., type[enum.Enum]] = _INSIDE.EnumType._create_
_LIKE_QT = {
    "module": None,
    "qualname": None,
    "type": None,
    "start": 1,
    "boundary": enum.FlagBoundary.KEEP,
}
"""With what PySide6 asks for an enum, and hardly anybody else does."""


def _create_enum(
    cls: type[enum.Enum], class_name: str, names: list[tuple[str, int]], **options: Any
) -> type[enum.Enum]:
    """`Enum(class_name, names)` without its checks, which code made by a machine passes anyway.

    Before the first picture PySide6 makes 150 enums with 2,500 members: a sixth of the time. The
    standard library makes large enums of its own, such as those of `re` and `ssl`, in this way, and
    has a function to prove both alike; a test asks it for every enum of Qt.
    """
    if options != _LIKE_QT or (issubclass(cls, enum.Flag) and any(value < 0 for _, value in names)):
        return _create_checked(cls, class_name, names, **options)
    simple = _INSIDE._simple_enum(cls, boundary=enum.FlagBoundary.KEEP)
    made: type[enum.Enum] = simple(_Written(class_name, names))
    made.__doc__ = None
    return made


class _Written:
    """What is looked at of the class that an enum is made of. A class itself would take longer, and
    be garbage that nobody collects before the first picture.
    """

    __slots__ = ("__dict__", "__name__")

    def __init__(self, name: str, members: list[tuple[str, int]]) -> None:
        self.__name__ = name
        self.__dict__ = {**dict(members), "__module__": "PySide6"}


def _platform_plugin() -> str:
    """Where PySide6 has what ties Qt to the screen that Qt will choose."""
    usual = "wayland" if "WAYLAND_DISPLAY" in os.environ else "xcb"
    chosen = (os.environ.get("QT_QPA_PLATFORM") or usual).partition(";")[0].partition(":")[0]
    return f"Qt/plugins/platforms/libq{chosen}.so"


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Hide a module from those who take it where it is there and do without it where it is not.

    From Python 3.11 on `typing` has all that msgspec looks for in the larger module.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def _deferred_compilation() -> Iterator[None]:
    compile_now = builtins.compile

    def compile_or_defer(source: Any, filename: Any, *rest: Any, **options: Any) -> Any:
        if filename not in _SELDOM_USED:
            return compile_now(source, filename, *rest, **options)
        _waiting[filename] = lambda: compile_now(source, filename, *rest, **options)
        return _stand_in.__code__

    builtins.compile = compile_or_defer
    try:
        yield
    finally:
        builtins.compile = compile_now


_waiting: dict[str, Callable[[], Any]] = {}
"""What compiles a deferred module, by its file name."""


def _stand_in() -> None:
    """What a deferred module runs at first. Its globals are those of the module."""
    from kkd_desktop.gui.ahead import _defer

    _defer(globals())


def _defer(module: dict[str, Any]) -> None:
    """Let a module compile itself when it is asked for a name (PEP 562)."""
    file = module["__name__"].replace(".", "/") + ".py"

    def find(name: str) -> Any:
        # The import system asks every module for some of these.
        if not name.startswith("__") and file in _waiting:
            exec(_waiting.pop(file)(), module)
            del module["__getattr__"]
            if name in module:
                return module[name]
        raise AttributeError(f"module {module['__name__']!r} has no attribute {name!r}")

    module["__getattr__"] = find
    if file == _MAPPING:
        # Taken from the module without asking it.
        module["update_mapping"] = lambda: find("update_mapping")()
    elif file == _FEATURE:
        # Asked at every import: nothing is switched, and nothing is to be remembered.
        module["feature_import"] = module["feature_imported"] = lambda *_, **__: None
