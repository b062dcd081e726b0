"""What does this process owe the data it holds? Nothing for others to read, no core dumps."""

import contextlib
import os
import sys


def protect() -> None:
    """New files for this user only, and no memory on the disk when the program crashes."""
    os.umask(0o077)
    _give_back_libraries()
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # A pipe in core_pattern gets the memory in spite of the limit; a process that is not
        # dumpable gives it to nobody, and no other process of the user may attach to it.
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def _give_back_libraries() -> None:
    """Let programs that we start, such as a file manager, find their own libraries and not ours.

    The bundle begins with its folder in front of theirs; this process has read that already.
    """
    if not getattr(sys, "frozen", False):
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
