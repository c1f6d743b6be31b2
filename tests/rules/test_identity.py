"""Numbers that identify are checked by their check digits; a slip of the pen is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_logistics.rules.identity import (
    PlateKind,
    Sex,
    canteen_permit_fault,
    driver_file_fault,
    id_card_birth,
    id_card_fault,
    id_card_sex,
    jy_fault,
    mask,
    permit_fault,
    phone_fault,
    plate_fault,
    plate_kind,
    sc_fault,
    show_plate,
    tidy_code,
    tidy_plate,
    uscc_fault,
    vin_fault,
)

TODAY = date(2026, 11, 22)
PRODUCTION = [
    "10137039000011",
    "10237039000022",
    "10337039000034",
    "10437039000043",
    "10537039000058",
    "12537039000073",
]
BUSINESS = ["13703900001015", "13703900001023", "23703900001036", "33703900001043"]
CREDIT = [
    "12370390493201010L",
    "91370390MA3DEM019P",
    "91370390MA3DEM027J",
    "91370390MA3DEM035D",
    "91370390MA3DEM0438",
    "91370390MA3DEM0513",
]
CARDS = [
    "370000197805163014",
    "370000198309223035",
    "370000196612013074",
    "370000196703083051",
    "370000199007143026",
    "370000199502033043",
    "370000201910150011",
    "370000201904200027",
    "370000201406300033",
]
VEHICLES = ["LATPAB071W1005301", "LZZDEMA1XP0000101", "LZZDEMA18R0000102", "LZZDEMA21S0000103", "LZZDEMA37N0000104"]


def with_a_slip(number, place, digit):
    """The same number with another digit at one place."""
    return number[:place] + str((int(number[place]) + digit) % 10) + number[place + 1 :]


@pytest.mark.parametrize("number", PRODUCTION)
def test_real_production_licences_pass(number):
    assert sc_fault(f"SC{number}") == permit_fault(f"sc {number}") == ""


@given(st.sampled_from(PRODUCTION), st.integers(1, 13), st.integers(1, 9))
def test_any_single_wrong_digit_of_a_production_licence_is_found(number, place, digit):
    assert "校验位错" in sc_fault(f"SC{with_a_slip(number, place, digit)}")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("SC12345678901234", "校验位错"),
        ("SC10137039000012", "校验位错"),
        ("SC30137039000011", "首位"),
        ("SC1013703900001", "14 位"),
        ("QS370001010001", "2018-10-01 起停用"),
        ("", "14 位"),
    ],
)
def test_a_wrong_production_licence_says_why(number, words):
    assert words in sc_fault(number)


@pytest.mark.parametrize("number", BUSINESS)
def test_real_business_licences_pass(number):
    assert jy_fault(f"JY{number}") == permit_fault(f"JY{number}") == ""


def test_a_wrong_business_licence_says_why():
    assert "校验位错" in jy_fault("JY13703900001016")
    assert "首位" in jy_fault("JY43703900001015")


def test_a_school_canteen_has_a_licence_of_kind_three():
    assert canteen_permit_fault("JY33703900001043") == ""
    assert "JY3" in canteen_permit_fault("JY13703900001015")
    assert "校验位错" in canteen_permit_fault("JY33703900001044")


@pytest.mark.parametrize("number", ["鲁小作坊登记2024-015", "YB13703900001015"])
def test_permits_of_other_kinds_are_taken_as_written(number):
    assert permit_fault(number) == ""


@pytest.mark.parametrize("number", CREDIT)
def test_real_credit_codes_pass(number):
    assert uscc_fault(number) == ""


@given(st.sampled_from(CREDIT), st.integers(2, 7), st.integers(1, 9))
def test_any_single_wrong_digit_of_a_credit_code_is_found(number, place, digit):
    assert "校验位错" in uscc_fault(with_a_slip(number, place, digit))


def test_the_organisation_code_inside_a_credit_code_has_a_check_character_of_its_own():
    assert "校验位错" in uscc_fault("91370390MA3DEM018R")


@pytest.mark.parametrize(
    ("number", "words"),
    [("91370390MA3DEM019X", "校验位错"), ("91370390MA3DEM019", "17 位"), ("9137O390MA3DEM019P", "没有 O")],
)
def test_a_wrong_credit_code_says_why(number, words):
    assert words in uscc_fault(number)


@pytest.mark.parametrize("number", CARDS)
def test_identity_numbers_pass_and_tell_birthday_and_sex(number):
    assert id_card_fault(number, TODAY) == ""
    born = id_card_birth(number)
    assert born is not None
    assert f"{born:%Y%m%d}" == number[6:14]
    assert id_card_sex(number) is (Sex.MALE if number[16] in "13579" else Sex.FEMALE)


@given(st.sampled_from(CARDS), st.integers(0, 5), st.integers(1, 9))
def test_any_single_wrong_digit_of_an_identity_number_is_found(number, place, digit):
    assert "校验位错" in id_card_fault(with_a_slip(number, place, digit), TODAY)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("37000019780516301", "17 位"),
        ("37000019780516301A", "只能是数字"),
        ("370000197802303014", "19780230 不存在"),
        ("370000203005163014", "还没有到"),
    ],
)
def test_a_wrong_identity_number_says_why(number, words):
    assert words in id_card_fault(number, TODAY)


def test_what_is_no_identity_number_tells_neither_birthday_nor_sex():
    assert id_card_birth("370000") is None
    assert id_card_birth("370000197802303014") is None
    assert id_card_sex("370000") is None


@pytest.mark.parametrize("number", VEHICLES)
def test_vehicle_numbers_pass(number):
    assert vin_fault(number) == vin_fault(number.lower()) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [("LZZDEMA21S0000104", "校验位不符"), ("LZZDEMA21S000010", "16 位"), ("LZZDEMA21O0000103", "不用 I、O、Q")],
)
def test_a_wrong_vehicle_number_says_why(number, words):
    assert words in vin_fault(number)


@pytest.mark.parametrize(
    ("typed", "kept", "shown", "kind"),
    [
        ("鲁Z·10023", "鲁Z10023", "鲁Z·10023", PlateKind.ORDINARY),
        ("鲁z03517D", "鲁Z03517D", "鲁Z·03517D", PlateKind.LARGE_ELECTRIC),
        ("鲁Z-10088", "鲁Z10088", "鲁Z·10088", PlateKind.ORDINARY),
        (" 鲁Ｚ １００２３", "鲁Z10023", "鲁Z·10023", PlateKind.ORDINARY),
        ("鲁AD12345", "鲁AD12345", "鲁A·D12345", PlateKind.SMALL_ELECTRIC),
        ("鲁Z1002", "鲁Z1002", "鲁Z1002", None),
        ("鲁ZI0023", "鲁ZI0023", "鲁ZI0023", None),
    ],
)
def test_a_number_plate_is_kept_in_one_spelling_and_shown_in_another(typed, kept, shown, kind):
    assert tidy_plate(typed) == kept
    assert show_plate(typed) == shown
    assert plate_kind(typed) is kind
    assert bool(plate_fault(typed)) is (kind is None)


@given(st.text("鲁京ABzｚＺ0１9-－·. \u3000", max_size=20))
def test_a_tidy_number_stays_as_it_is(text):
    assert tidy_code(tidy_code(text)) == tidy_code(text)


@pytest.mark.parametrize(
    "number",
    [
        "13800000001",
        "139 0000 0000",
        "0533-0000003",
        "05332180000",
        "2180000",
        "400-820-1234",
        "138０００００００1、0533-2180000",
    ],
)
def test_telephone_numbers_pass(number):
    assert phone_fault(number) == ""


@pytest.mark.parametrize("number", ["1380000000", "138000000012", "12800000000", "张三"])
def test_a_wrong_telephone_number_is_named(number):
    assert number in phone_fault(number)


def test_a_driving_licence_file_number_has_twelve_digits():
    assert driver_file_fault("370000123456") == ""
    assert "12 位" in driver_file_fault("37000012345")


@given(st.text("0123456789X", min_size=1, max_size=24))
def test_a_masked_number_keeps_its_length_and_hides_something(number):
    assert len(mask(number)) == len(number)
    assert "*" in mask(number)


def test_an_identity_number_hides_the_birthday_and_a_telephone_its_middle():
    assert mask("370000197805163014") == "370000********3014"
    assert mask("13800000011") == "138****0011"
    assert mask("1234") == "****"
    assert mask("") == mask(None) == ""
