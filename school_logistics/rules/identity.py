"""Numbers that identify: licences, credit codes, identity cards, vehicles, number plates, telephones.

Each `…_fault` says in a sentence what is wrong with a number, or "" when nothing is. It takes the number as typed;
`tidy_…` puts it into the spelling that is kept. A check digit finds slips of the pen, it does not prove a document.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from school_logistics.rules.figures import half_width

_MODULUS = 11
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ORDINARY_PLATE = re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{5}}")
_LARGE_ELECTRIC_PLATE = re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z]\d{{5}}[DF]")
_SMALL_ELECTRIC_PLATE = re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJK][A-HJ-NP-Z0-9]\d{{4}}")
_MOBILE = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:[-转]\d{1,6})?|0\d{2,3}-?\d{7,8}(?:[-转]\d{1,6})?")
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}|1\d{2,5}|9\d{4,5}")
_CARD_LENGTH = 18
_MOBILE_LENGTH = 11


class Sex(StrEnum):
    """As the identity card says."""

    MALE = "男"
    FEMALE = "女"


class PlateKind(StrEnum):
    """What kind of number plate a number is."""

    ORDINARY = "普通号牌"
    LARGE_ELECTRIC = "大型新能源号牌"
    SMALL_ELECTRIC = "小型新能源号牌"


def tidy_code(typed: str) -> str:
    """The spelling in which a licence or credit code is kept: half-width, upper case, nothing but letters and digits.

    >>> tidy_code("ｓｃ101 3703-9000011")
    'SC10137039000011'
    """
    return re.sub(r"[\s\-_.·•]", "", half_width(typed)).upper()


def sc_fault(typed: str) -> str:
    """What is wrong with the number of a food production licence (SC + 14 digits), or "".

    《食品生产许可管理办法》(总局令第24号, 2020-03-01) with the check digit of GB/T 17710 MOD 11,10; QS numbers ended
    on 2018-10-01.

    >>> sc_fault("SC10137039000011"), sc_fault("SC10137039000012")
    ('', 'SC 编号校验位错，请照许可证逐位核对')
    """
    number = tidy_code(typed)
    if number.startswith("QS"):
        return "QS 编号自 2018-10-01 起停用，请填 SC 开头的食品生产许可证编号"
    if not re.fullmatch(r"SC[12]\d{13}", number):
        return "SC 编号应为 SC 加 14 位数字，首位 1（食品）或 2（食品添加剂）"
    return "" if _hybrid_check(number[2:]) else "SC 编号校验位错，请照许可证逐位核对"


def jy_fault(typed: str) -> str:
    """What is wrong with the number of a food business licence (JY + 14 digits), or "".

    《食品经营许可和备案管理办法》(总局令第78号, 2023-12-01): 1 sales, 2 catering, 3 canteen. The check digit
    follows the SC number's method, which the text does not spell out.
    """
    number = tidy_code(typed)
    if not re.fullmatch(r"JY[123]\d{13}", number):
        return "JY 编号应为 JY 加 14 位数字，首位 1（销售）、2（餐饮）或 3（单位食堂）"
    return "" if _hybrid_check(number[2:]) else "JY 编号校验位错，请照许可证逐位核对"


def permit_fault(typed: str) -> str:
    """What is wrong with a supplier's food permit, or "": SC and JY are checked, other kinds taken as written."""
    number = tidy_code(typed)
    if number.startswith(("SC", "QS")):
        return sc_fault(number)
    return jy_fault(number) if number.startswith("JY") else ""


def canteen_permit_fault(typed: str) -> str:
    """What is wrong with the school canteen's own licence number, or "": its first digit must be 3."""
    fault = jy_fault(typed)
    if fault or tidy_code(typed).startswith("JY3"):
        return fault
    return "学校食堂的许可证编号应以 JY3 开头（单位食堂）"


def uscc_fault(typed: str) -> str:
    """What is wrong with a unified social credit code, or "".

    GB 32100-2015: 18 characters without I O S V Z, mod 31; its 9th to 17th are the organisation code of GB 11714-1997
    with a check character of its own.

    >>> uscc_fault("91370390MA3DEM019P"), uscc_fault("91370390MA3DEM019X")
    ('', '统一社会信用代码校验位错，请照营业执照逐位核对')
    """
    number = tidy_code(typed)
    if len(number) != _CARD_LENGTH:
        return f"统一社会信用代码应为 18 位，现为 {len(number)} 位"
    strange = sorted(set(number) - set(_USCC_ALPHABET))
    if strange:
        return f"统一社会信用代码里没有 {'、'.join(strange)}（不用 I O S V Z），请照营业执照核对"
    values = [_USCC_ALPHABET.index(one) for one in number]
    weighted = sum(value * pow(3, place, 31) for place, value in enumerate(values[:-1]))
    if values[-1] != -weighted % 31 or not _organisation_check(number[8:17]):
        return "统一社会信用代码校验位错，请照营业执照逐位核对"
    return ""


def id_card_fault(typed: str, today: date) -> str:
    """What is wrong with a citizen's identity number, or "".

    GB 11643-1999: 17 digits and a check character (mod 11-2); the birthday in it must be a real day, not after today.
    """
    number = tidy_code(typed)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return (
            f"身份证号应为 18 位（末位可为 X），现为 {len(number)} 位"
            if len(number) != _CARD_LENGTH
            else "身份证号只能是数字，末位可为 X"
        )
    born = id_card_birth(number)
    if born is None:
        return f"身份证号里的出生日期 {number[6:14]} 不存在"
    if born > today:
        return f"身份证号里的出生日期 {born} 还没有到"
    weighted = sum(int(digit) * weight for digit, weight in zip(number, _CARD_WEIGHTS, strict=False))
    return "" if number[-1] == _CARD_CHECKS[weighted % _MODULUS] else "身份证号校验位错，请照身份证逐位核对"


def id_card_birth(typed: str) -> date | None:
    """The birthday inside an identity number, or None when there is none."""
    match = re.fullmatch(r"\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]", tidy_code(typed))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def id_card_sex(typed: str) -> Sex | None:
    """The sex inside an identity number: the 17th digit is odd for men."""
    number = tidy_code(typed)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def vin_fault(typed: str) -> str:
    """What is wrong with a vehicle identification number, or "". Old vehicles may differ: no more than a warning.

    GB 16735: 17 characters without I O Q, the 9th a check character mod 11.

    >>> vin_fault("LATPAB071W1005301"), vin_fault("LZZDEMA21S0000104")
    ('', '车辆识别代号校验位不符，请照行驶证核对')
    """
    number = tidy_code(typed)
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", number):
        return (
            f"车辆识别代号应为 17 位，不用 I、O、Q，现为 {len(number)} 位"
            if len(number) != len(_VIN_WEIGHTS)
            else "车辆识别代号不用 I、O、Q"
        )
    values = (_VIN_VALUES.get(one) or int(one) for one in number)
    remainder = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True)) % _MODULUS
    return "" if number[8] == "0123456789X"[remainder] else "车辆识别代号校验位不符，请照行驶证核对"


def tidy_plate(typed: str) -> str:
    """The spelling in which a number plate is kept: no dot, dash or space, upper case, half-width.

    >>> tidy_plate("鲁z－10088 "), tidy_plate("鲁Z·03517d")
    ('鲁Z10088', '鲁Z03517D')
    """
    return tidy_code(typed)


def show_plate(plate: str) -> str:
    """A number plate as it is written: 鲁Z·10023."""
    kept = tidy_plate(plate)
    return f"{kept[:2]}·{kept[2:]}" if plate_kind(kept) else kept


def plate_kind(typed: str) -> PlateKind | None:
    """The kind of plate, or None when it is no civil plate of the mainland (GA 36-2018)."""
    number = tidy_plate(typed)
    if _ORDINARY_PLATE.fullmatch(number):
        return PlateKind.ORDINARY
    if _LARGE_ELECTRIC_PLATE.fullmatch(number):
        return PlateKind.LARGE_ELECTRIC
    return PlateKind.SMALL_ELECTRIC if _SMALL_ELECTRIC_PLATE.fullmatch(number) else None


def plate_fault(typed: str) -> str:
    """What is wrong with a number plate, or "". No more than a warning."""
    return (
        ""
        if plate_kind(typed)
        else "号牌号码不像民用号牌（如 鲁Z·10023；大型新能源 8 位，末位 D 或 F），请照行驶证核对"
    )


def phone_fault(typed: str) -> str:
    """What is wrong with a telephone number, or "": a mobile, a landline with or without area code, a service number.

    Several numbers may stand together, parted by a comma, 、 or /.
    """
    numbers = [one for one in re.split(r"[,，、;；/]", re.sub(r"\s", "", half_width(typed))) if one]
    wrong = [one for one in numbers if not any(form.fullmatch(one) for form in (_MOBILE, _LANDLINE, _SERVICE))]
    return f"电话号码 {'、'.join(wrong)} 不对：手机 11 位，座机如 0533-2180000" if wrong else ""


def driver_file_fault(typed: str) -> str:
    """What is wrong with the file number on a driving licence (12 digits), or ""."""
    return "" if re.fullmatch(r"\d{12}", tidy_code(typed)) else "驾驶证档案编号应为 12 位数字"


def mask(number: str | None) -> str:
    """A personal number as others may see it: the birthday of an identity number, the middle of a telephone hidden.

    《个人信息保护法》(2021-11-01) articles 6 and 51: shown no further than needed.

    >>> mask("370000197805163014"), mask("13800000011"), mask("0533-2180000"), mask(None)
    ('370000********3014', '138****0011', '0533****0000', '')
    """
    text = number or ""
    if len(text) <= 4:
        return "*" * len(text)
    head = 6 if len(text) == _CARD_LENGTH else 3 if len(text) <= _MOBILE_LENGTH else 4
    tail = min(4, len(text) - head)
    hidden = len(text) - head - tail
    return text[:head] + "*" * (hidden or tail) + (text[-tail:] if hidden else "")


def _hybrid_check(digits: str) -> bool:
    """GB/T 17710-2008 MOD 11,10 over 14 digits, the last of which is the check digit."""
    product = 10
    for digit in digits[:-1]:
        product = ((product + int(digit)) % 10 or 10) * 2 % _MODULUS
    return (product + int(digits[-1])) % 10 == 1


def _organisation_check(code: str) -> bool:
    """GB 11714-1997 over the eight characters of an organisation code and its check character."""
    weighted = sum(int(one, 36) * weight for one, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False))
    return code[-1] == "0123456789X0"[(_MODULUS - weighted % _MODULUS)]
