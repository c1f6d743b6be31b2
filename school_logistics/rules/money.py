"""Money: one way of rounding, the amount of a line, and amounts in the capital words of receipts.

Money is a Decimal of yuan with two places; it is never a float.
"""

from __future__ import annotations

from decimal import Decimal

from school_logistics.errors import OfficeError
from school_logistics.rules.figures import rounded

_FEN_A_YUAN = 100
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_GROUP = 10_000
_MOST = Decimal(10) ** 16


def half_up(value: Decimal | int, places: int = 2) -> Decimal:
    """Round half up, as an office rounds: 0.005 becomes 0.01, -0.005 becomes -0.01."""
    return rounded(Decimal(value), places)


def line_amount(quantity: Decimal | int, unit_price: Decimal | int) -> Decimal:
    """The amount of one delivery line in yuan, rounded to the fen.

    >>> line_amount(Decimal("37.5"), Decimal("3.86")), line_amount(Decimal("12.345"), Decimal("5.55"))
    (Decimal('144.75'), Decimal('68.51'))
    """
    return half_up(Decimal(quantity) * Decimal(unit_price))


def in_words(amount: Decimal) -> str:
    """Write an amount of yuan in capital words for receipts and totals.

    After the rules for filling in bills and vouchers (中国人民银行《支付结算办法》附一, 1997-12-01): 整 stands after
    元 and after 角, never after 分; one 零 for any run of zeroes between figures, also between 元 and 分.

    >>> for amount in ("1004.00", "10.50", "0.05", "128640.07", "265650", "-1.20", "0"):
    ...     print(in_words(Decimal(amount)))
    壹仟零肆元整
    壹拾元伍角整
    伍分
    壹拾贰万捌仟陆佰肆拾元零柒分
    贰拾陆万伍仟陆佰伍拾元整
    负壹元贰角整
    零元整

    Raises OfficeError from ten thousand billion (10 000 万亿) yuan on.
    """
    if abs(amount) >= _MOST:
        raise OfficeError("金额太大，写不成大写；请检查小数点。")
    yuan, fen = divmod(int(abs(half_up(amount)) * _FEN_A_YUAN), _FEN_A_YUAN)
    words = (f"{_whole_in_words(yuan)}元" if yuan else "") + _fraction_in_words(fen, after_yuan=bool(yuan))
    if not words:
        return "零元整"
    sign = "负" if amount < 0 else ""
    return sign + words + ("" if words.endswith("分") else "整")


def _fraction_in_words(fen: int, *, after_yuan: bool) -> str:
    jiao, rest = divmod(fen, 10)
    words = f"{_DIGITS[jiao]}角" if jiao else ""
    if rest:
        words += ("零" if after_yuan and not jiao else "") + f"{_DIGITS[rest]}分"
    return words


def _whole_in_words(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    words = ""
    gap = False
    for index in reversed(range(len(groups))):
        group = groups[index]
        if not group:
            gap = True
            continue
        if words and (gap or group < _GROUP // 10):
            words += "零"
        words += _group_in_words(group) + _group_name(groups, index)
        gap = False
    return words


def _group_name(groups: list[int], index: int) -> str:
    """万亿 is written once: 壹万零贰亿, but 壹万亿 when the 亿 themselves are nought."""
    name = _GROUPS[index]
    return "万" if name == "万亿" and groups[2] else name


def _group_in_words(group: int) -> str:
    words = ""
    gap = False
    for place in reversed(range(len(_PLACES))):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
