"""Pages as pixels, for preview and printer."""

from datetime import date

import pytest

from kkd_desktop.paper.invitation_list import InvitationList, invitation_list
from kkd_desktop.paper.rendering import page_count, page_image, page_images, page_sizes


@pytest.fixture(scope="module")
def empty_list():
    day = date(2026, 11, 23)
    return invitation_list(InvitationList(day, day, (), "Jobcenter Musterstadt", day))


def test_a_page_has_the_size_of_the_paper_at_the_resolution_asked_for(empty_list):
    image = page_image(empty_list, 0, dpi=254)

    assert (image.width, image.height) == (pytest.approx(2970, abs=2), pytest.approx(2100, abs=2))


def test_the_pixels_are_opaque_with_ink_on_white(empty_list):
    image = page_image(empty_list, 0, dpi=60)

    assert len(image.pixels) == image.stride * image.height
    assert image.stride >= image.width * 4
    assert image.pixels[:4] == b"\xff\xff\xff\xff"
    assert set(image.pixels[3::4]) == {255}
    assert min(image.pixels[0::4]) < 100


def test_all_pages_are_rendered_one_by_one(empty_list):
    images = list(page_images(empty_list, dpi=30))

    assert len(images) == page_count(empty_list) == 1
    assert images[0] == page_image(empty_list, 0, dpi=30)


def test_the_size_of_a_page_is_known_before_it_is_rendered(empty_list):
    [(width, height)] = page_sizes(empty_list)

    assert (width, height) == (pytest.approx(842, abs=1), pytest.approx(595, abs=1))
