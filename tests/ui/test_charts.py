"""The charts of the home page: what they say, where they draw, and that shape carries what colour does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from school_logistics.ui.charts import Bar, Brick, Bricks, Chart, Rate, RateBars, StackedBars, scale, spread
from school_logistics.ui.home_side import months_of_weeks
from school_logistics.ui.theme import Theme

NAMES = ("粮油", "肉蛋水产", "蔬果", "奶豆", "其他")


def bar(label: str, *parts: str) -> Bar:
    return Bar(label, tuple(Decimal(part) for part in parts))


def picture(chart: QWidget, width: int = 380) -> QImage:
    chart.resize(width, max(chart.sizeHint().height(), 20))
    return chart.grab().toImage()


def colours(image: QImage, x: int | None = None) -> set[str]:
    columns = range(image.width()) if x is None else (x,)
    return {QColor(image.pixel(column, y)).name().upper() for column in columns for y in range(image.height())}


def test_stacked_bars_draw_every_part_in_its_own_colour(theme: Theme):
    chart = StackedBars(theme, "食材采购额")
    chart.set_bars([bar("10月", "1", "2", "1", "0.5", "0.4"), bar("11月", "2", "3", "1", "1", "1")], NAMES, "万元")

    drawn = colours(picture(chart))

    assert {theme.tokens.c1, theme.tokens.c2, theme.tokens.c3, theme.tokens.c4, theme.tokens.c5} <= drawn
    assert chart.accessibleDescription() == "单位 万元：10月 4.90，11月 8.00"


def test_a_chart_without_numbers_says_what_is_missing_instead(theme: Theme):
    chart = StackedBars(theme, "食材采购额")
    chart.set_empty("近一年没有采购记录。")

    assert chart.said() == "近一年没有采购记录。"
    assert chart.accessibleDescription() == "近一年没有采购记录。"
    assert theme.tokens.c1 not in colours(picture(chart))


def test_a_chart_that_was_told_nothing_yet_draws_nothing(theme: Theme):
    for chart in (StackedBars(theme, "a"), RateBars(theme, "b"), Bricks(theme, "c")):
        assert isinstance(chart, Chart)
        assert len(colours(picture(chart))) == 1


def test_the_axis_begins_at_zero_and_has_at_most_three_lines_above_it():
    for most in ("0.07", "0.3", "1", "3.4", "9.4", "10", "11", "86", "999"):
        step, top = scale(Decimal(most))
        assert top >= Decimal(most)
        assert top / step <= 3


def test_labels_beside_thin_parts_do_not_cover_each_other():
    places = spread([100, 99, 98, 40], 14, 110)

    assert all(below - above >= 14 for below, above in pairwise(places))


def test_a_rate_bar_is_as_long_as_its_rate_and_ticks_where_it_stood(theme: Theme):
    chart = RateBars(theme, "订奶率")
    chart.set_rates([Rate("一年级", Decimal(50), Decimal(75))])
    image = picture(chart, 400)

    middle = image.height() // 2
    row = [QColor(image.pixel(x, middle)).name().upper() for x in range(image.width())]
    blue = [x for x, color in enumerate(row) if color == theme.tokens.c2]
    ink = [x for x, color in enumerate(row) if color == theme.tokens.ink]
    track = [x for x, color in enumerate(row) if color in {theme.tokens.c2, theme.tokens.band, theme.tokens.ink}]
    left, length = min(track), max(track) - min(track)
    assert abs((max(blue) - left) / length - 0.5) < 0.02
    assert any(abs((x - left) / length - 0.75) < 0.02 for x in ink)
    assert chart.accessibleDescription() == "一年级 50%"


def test_a_grade_without_orders_shows_a_dash_and_no_bar(theme: Theme):
    chart = RateBars(theme, "订奶率")
    chart.set_rates([Rate("一年级", None, None)])

    assert theme.tokens.c2 not in colours(picture(chart))
    assert chart.accessibleDescription() == "一年级 —"


def test_bricks_stand_in_their_week_and_later_ones_are_hollow(theme: Theme):
    chart = Bricks(theme, "90 天内到期")
    today = date(2026, 11, 22)
    chart.set_bricks(
        [Brick(-3, "检验"), Brick(0, "保险"), Brick(8, "驾驶证"), Brick(80, "许可证")],
        today,
        months_of_weeks(today),
        30,
    )

    weeks = chart.weeks()
    assert [one.title for one in weeks[0]] == ["检验"]
    assert [one.title for one in weeks[1]] == ["保险"]
    assert [one.title for one in weeks[2]] == ["驾驶证"]
    assert [one.title for one in weeks[80 // 7 + 1]] == ["许可证"]
    image = picture(chart)
    late = sum(
        QColor(image.pixel(x, y)).name().upper() == theme.tokens.c2
        for x in range(image.width())
        for y in range(image.height())
    )
    brick = theme.px(11) * (image.width() // len(weeks) - 2 * theme.px(3))
    assert 0 < late < brick / 2, "a later brick is drawn as an outline"
    assert "已过期 1 件，30 天内 2 件，以后 1 件" in chart.accessibleDescription()


def test_more_bricks_than_fit_are_counted_above_the_pile(theme: Theme):
    chart = Bricks(theme, "90 天内到期")
    today = date(2026, 11, 22)
    chart.set_bricks([Brick(-1, f"第 {n} 件") for n in range(40)], today, months_of_weeks(today), 30)

    picture(chart)

    assert len(chart.weeks()[0]) == 40
    assert "已过期 40 件" in chart.accessibleDescription()
