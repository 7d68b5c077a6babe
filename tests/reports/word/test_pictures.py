"""A drawing as a picture: where there is ink and where there is none."""

from io import BytesIO

from PIL import Image

from reports.drawings.shapes import Circle, Drawing, Label, Line, Polygon, Rect
from reports.word.pictures import DPI, to_png

SHAPES = (
    Line((10, 10), (90, 10), "#ff0000", 4, (20, 20)),
    Rect(10, 30, 20, 20, "#00ff00", "#000000"),
    Polygon(((50, 30), (70, 30), (70, 50)), "#0000ff"),
    Polygon(((10, 80), (90, 80)), None, "#ff0000", 4, closed=False),
    Circle(80, 60, 5, "#ff00ff"),
)


def picture(*shapes):
    return Image.open(BytesIO(to_png(Drawing(100, 100, shapes, "all"))))


def at(image, x, y):
    return image.getpixel((round(x * DPI / 72), round(y * DPI / 72)))


def test_every_shape_is_drawn_where_it_belongs():
    image = picture(*SHAPES)
    white = (255, 255, 255)
    assert image.size == (400, 400)
    assert [at(image, x, 10) for x in (20, 40, 60, 80)] == [(255, 0, 0), white] * 2
    assert at(image, 20, 40) == (0, 255, 0)
    assert at(image, 66, 36) == (0, 0, 255)
    assert at(image, 53, 46) == white
    assert at(image, 50, 80) == (255, 0, 0)
    assert at(image, 80, 60) == (255, 0, 255)


def test_a_label_ends_starts_or_stands_around_its_place():
    def inked(anchor):
        image = picture(Label(50, 50, "覆盖率", 12, "#000000", anchor=anchor)).convert("L")
        left, _top, right, bottom = image.point(lambda ink: 255 * (ink < 128)).getbbox()
        assert bottom <= 52 * DPI / 72
        return left * 72 / DPI, right * 72 / DPI

    assert inked("start")[0] >= 49
    assert inked("end")[1] <= 51
    left, right = inked("middle")
    assert left < 40
    assert right > 60


def test_the_same_drawing_gives_the_same_bytes():
    drawing = Drawing(100, 100, SHAPES, "all")
    assert to_png(drawing) == to_png(drawing)
