"""Pages as pixels, for preview and printer."""

from ctypes import ArgumentError
from datetime import date

import pytest

from kkd_desktop.paper.invitation_list import InvitationList, invitation_list
from kkd_desktop.paper.rendering import OpenPdf


@pytest.fixture(scope="module")
def empty_list():
    day = date(2026, 11, 23)
    return invitation_list(InvitationList(day, day, (), "Jobcenter Musterstadt", day))


@pytest.fixture
def opened(empty_list):
    with OpenPdf(empty_list) as opened:
        yield opened


def test_a_page_has_the_size_of_the_paper_at_the_resolution_asked_for(opened):
    image = opened.image(0, dpi=254)

    assert (image.width, image.height) == (pytest.approx(2970, abs=2), pytest.approx(2100, abs=2))


def test_the_pixels_are_opaque_with_ink_on_white(opened):
    image = opened.image(0, dpi=60)

    assert len(image.pixels) == image.stride * image.height
    assert image.stride >= image.width * 4
    assert image.pixels[:4] == b"\xff\xff\xff\xff"
    assert set(image.pixels[3::4]) == {255}
    assert min(image.pixels[0::4]) < 100


def test_the_size_of_a_page_is_known_before_it_is_rendered(opened):
    [(width, height)] = opened.sizes

    assert (width, height) == (pytest.approx(842, abs=1), pytest.approx(595, abs=1))


def test_a_page_looks_the_same_as_often_as_it_is_rendered(opened):
    assert opened.image(0, dpi=30) == opened.image(0, dpi=30)


def test_a_document_is_closed_when_it_is_no_longer_looked_at(empty_list):
    opened = OpenPdf(empty_list)
    opened.close()
    opened.close()

    with pytest.raises(ArgumentError, match="NoneType"):
        opened.image(0, dpi=30)
