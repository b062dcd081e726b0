"""Does the gallery hold every scene once, and show each picture with the scene it is of?"""

from tests.pictures import SCENES, gallery
from tests.pictures.registry import IN_EVERY_LOOK, ROOMS


def test_no_two_scenes_have_the_same_name():
    assert sum(len(scenes) for scenes in ROOMS.values()) == len(SCENES)


def test_what_is_drawn_in_every_look_is_a_scene():
    assert set(IN_EVERY_LOOK) <= set(SCENES)


def test_the_gallery_shows_each_picture_once_with_its_scene(tmp_path):
    names = ("heute-hell", "heute-200-1280x800", "heute-frankfurt-hell")
    for name in names:
        (tmp_path / f"{name}.png").touch()

    gallery.write_index(tmp_path)

    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert [page.count(f'src="{name}.png"') for name in names] == [1, 1, 1]
    of_heute = page[page.index("<h3>heute</h3>") : page.index("<h3>heute-frankfurt</h3>")]
    assert "200 % auf 1280 × 800" in of_heute
    assert "heute-frankfurt-hell" not in of_heute
