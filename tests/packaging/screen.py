"""A screen that nobody sits at: what stands on it, and keys for it."""

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops

WIDTH, HEIGHT = 1400, 900
_HEADER = struct.Struct(">25I")


@dataclass(frozen=True)
class Screen:
    name: str
    memory: Path
    """What X keeps of the picture, in the format of `xwd`."""

    def picture(self) -> Image.Image:
        data = self.memory.read_bytes()
        head = _HEADER.unpack_from(data)
        length, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
        pixels = data[length + colours * 12 :][: line * height]
        return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", line, 1)

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "20", text)

    def _xdotool(self, *arguments: str) -> None:
        environment = os.environ | {"DISPLAY": self.name}
        subprocess.run(["xdotool", *arguments], env=environment, check=True, timeout=20)


def share_of(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    """How much of the picture has this colour, from 0 to 1."""
    flat = Image.new("RGB", picture.size, colour)
    return difference(picture, flat, equal=True)


def difference(one: Image.Image, other: Image.Image, *, equal: bool = False) -> float:
    """How many of all points are not alike, or are; from 0 to 1."""
    far = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value else 0)
    same = far.histogram()[0] / (one.width * one.height)
    return same if equal else 1 - same


@contextmanager
def opened() -> Iterator[Screen]:
    """An own X server, without a network and without any window."""
    with TemporaryDirectory() as folder:
        ours, theirs = os.pipe()
        server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"),
                *("-fbdir", folder, "-nolisten", "tcp"),
            ],
            pass_fds=[theirs],
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        try:
            with os.fdopen(ours) as said:
                name = f":{said.readline().strip()}"
            assert name != ":", "Xvfb did not start"
            yield Screen(name, Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait()
