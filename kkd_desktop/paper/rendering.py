"""What does a PDF look like on the screen or for the printer?

PDFium is not safe to call from several threads at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import pypdfium2

_POINTS_PER_INCH = 72
_WHITE = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as pixels: four bytes each, blue, green, red, alpha, in rows of `stride` bytes."""

    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)


class OpenPdf:
    """A document that stays open while its pages are looked at: opening it costs as much as a page.

    Also a context manager. From one thread at a time only.
    """

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self.sizes: Sequence[tuple[float, float]] = tuple(
            self._document.get_page_size(index) for index in range(len(self._document))
        )
        """Width and height of each page in points: where it will stand before it is rendered."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *caught: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back; doing so twice does no harm."""
        self._document.close()

    def image(self, index: int, dpi: float) -> PageImage:
        """The page at `index`, counted from 0: an A4 page at 300 dpi takes 35 MB."""
        page = self._document[index]
        bitmap = page.render(
            scale=dpi / _POINTS_PER_INCH,
            fill_color=_WHITE,
            force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA,
        )
        image = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return image
