"""What does a PDF look like on the screen or for the printer?

PDFium is not safe to call from several threads at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

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


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points: where it will stand before it is rendered."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(document.get_page_size(index) for index in range(len(document)))


def page_image(pdf: bytes, index: int, dpi: float) -> PageImage:
    """The page at `index`, counted from 0: for a preview that renders what is in sight."""
    with pypdfium2.PdfDocument(pdf) as document:
        return _render(document, index, dpi)


def page_images(pdf: bytes, dpi: float) -> Iterator[PageImage]:
    """All pages one after the other: an A4 page at 300 dpi takes 35 MB, so keep none for long."""
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(len(document)):
            yield _render(document, index, dpi)


def _render(document: pypdfium2.PdfDocument, index: int, dpi: float) -> PageImage:
    page = document[index]
    bitmap = page.render(
        scale=dpi / _POINTS_PER_INCH,
        fill_color=_WHITE,
        force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA,
    )
    image = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return image
