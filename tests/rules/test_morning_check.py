"""The morning check: who came, with which symptoms, who must go home, and who may sign that day."""

from datetime import date, time

import pytest

from school_logistics.errors import Unreadable
from school_logistics.rules.dates import Reading
from school_logistics.rules.fitness import Checked, Held, away, uncertified, why_not_ready, why_unfit
from school_logistics.rules.morning_check import (
    Symptoms,
    away_if_dangerous,
    back_after_leaving,
    checked_before_work,
    codes_of,
    condition_of,
    handled_if_ill,
    known_symptoms,
    looked_at_if_present,
    not_present_if_gone,
    on_the_rolls,
    ready_for_work,
    sign_of,
    symptom_codes,
    timed_if_present,
)

DAY = date(2026, 10, 13)


@pytest.fixture
def check(row):
    return lambda **told: row(**{"checked_on": DAY, "attendance": "出勤", "symptoms": "0", **told})


def test_symptoms_are_known_by_code_and_by_name(book, check):
    words = book.words("morning_check.symptoms", DAY)
    assert words[0] == "正常"
    assert len(words) == 13
    assert codes_of("11、1", words) == codes_of("咳嗽，发热", words) == (1, 11)
    assert codes_of("1发热 0", words) == (1,)
    assert codes_of("0", words) == codes_of("正常", words) == (0,)
    assert codes_of(None, words) == ()
    with pytest.raises(Unreadable, match="没有「13」"):
        codes_of("13", words)

    assert symptom_codes(check(symptoms="发热、12"), book=book) == "1、12"
    assert condition_of(check(symptoms="4"), book=book) == "腹泻"
    assert symptom_codes(check(symptoms="头晕"), book=book) is None
    assert "12 其他" in known_symptoms(check(symptoms="头晕"), book=book)
    assert known_symptoms(check(), book=book) == ""


def test_no_symptom_is_called_none_on_screen_and_kept_by_its_code():
    kind, on = Symptoms(30), Reading(DAY)
    assert (kind.show("0"), kind.show("1、11"), kind.show(None)) == ("无", "1、11", "")
    assert (kind.read("无", on), kind.read("0", on), kind.read("发热", on)) == ("0", "0", "发热")
    assert kind.read(kind.typed("0"), on) == "0"


def test_attendance_has_the_sign_of_the_paper(book, check):
    signs = [sign_of(check(attendance=one), book=book) for one in ("出勤", "病假", "事假", "迟到", "旷工")]
    assert signs == ["√", "△", "○", "■", "★"]
    assert sign_of(check(attendance=None), book=book) is None


def test_whoever_comes_is_looked_at_and_the_time_is_written_down(check):
    """V-50: whoever works that day has a record with what was found."""
    assert looked_at_if_present(check(symptoms=None))
    assert looked_at_if_present(check(attendance="迟到", symptoms=None))
    assert looked_at_if_present(check(attendance="病假", symptoms=None)) == ""
    assert timed_if_present(check(checked_at=None))
    assert timed_if_present(check(checked_at=time(7, 20))) == timed_if_present(check(attendance="事假")) == ""


@pytest.mark.parametrize("code", range(1, 13))
def test_each_symptom_wants_a_word_on_what_was_done(book, check, code):
    """V-50: codes 1 to 12 must say how they were handled."""
    assert "怎样处理" in handled_if_ill(check(symptoms=str(code)), book=book)
    assert handled_if_ill(check(symptoms=str(code), handling="离岗就诊"), book=book) == ""
    assert handled_if_ill(check(symptoms=str(code), left_post=True), book=book) == ""


def test_nothing_found_wants_nothing_done(book, check):
    assert handled_if_ill(check(), book=book) == away_if_dangerous(check(), book=book) == ""


@pytest.mark.parametrize(("code", "word"), [("1", "发热"), ("4", "腹泻"), ("6", "外伤"), ("10", "咽痛")])
def test_fever_diarrhoea_wounds_and_a_sore_throat_leave_at_once(book, check, code, word):
    """V-50: what can be passed on by food leaves the post until it is cured."""
    assert word in away_if_dangerous(check(symptoms=code), book=book)
    assert away_if_dangerous(check(symptoms=code, left_post=True), book=book) == ""
    assert away_if_dangerous(check(symptoms="11"), book=book) == ""


def test_whoever_was_sent_away_is_not_at_work(check):
    """V-50: fever and 离岗 do not go with √."""
    assert not_present_if_gone(check(left_post=True)) == "已经离岗，考勤不能再记出勤，请改记病假"
    assert not_present_if_gone(check(left_post=True, attendance="病假")) == not_present_if_gone(check()) == ""
    assert not_present_if_gone(check(left_post=True, back_on=DAY)) == ""


def test_whoever_left_is_at_work_again_only_when_back():
    """V-50: days of sick leave in between bring nobody back."""
    left = Checked(date(2026, 10, 8), "病假", "1", "发热", left_post=True)
    sick = Checked(date(2026, 10, 9), "病假")
    assert why_not_ready("马丽", DAY, [left, sick], None).startswith("马丽 10-08 起离岗，没有返岗记录，不能记出勤")
    assert why_not_ready("马丽", DAY, [left._replace(back_on=DAY), sick], None) == ""
    assert why_not_ready("马丽", DAY, [left, Checked(date(2026, 10, 12), "出勤")], None) == ""
    assert why_not_ready("马丽", DAY, [sick, left._replace(on=DAY)], None) == ""


def test_whoever_comes_back_today_may_say_so_in_the_same_line(check):
    assert ready_for_work(check(back_on=DAY), unready="马丽 10-08 起离岗，没有返岗记录，不能记出勤") == ""
    assert ready_for_work(check(back_on=DAY), unready="马丽的健康证 2026-10-01 已到期，不能上岗")
    assert ready_for_work(check(attendance="病假"), unready="马丽的健康证 2026-10-01 已到期，不能上岗") == ""


def test_nobody_is_back_before_leaving(check):
    assert not back_after_leaving(check(back_on=date(2026, 10, 12)))
    assert back_after_leaving(check(back_on=DAY))
    assert back_after_leaving(check())


def test_the_check_comes_before_the_work(book, check):
    """V-51: checked before the first meal is prepared, at eight where only lunch is cooked."""
    assert "08:00" in checked_before_work(check(checked_at=time(8, 0)), book=book)
    assert checked_before_work(check(checked_at=time(7, 59)), book=book) == ""
    assert checked_before_work(check(checked_at=time(8, 30), attendance="迟到"), book=book) == ""
    assert checked_before_work(check(), book=book) == ""


def test_a_school_that_writes_no_time_is_not_asked_for_one(book, check):
    free = book.with_overrides([book.changed("morning_check.before", "不定", DAY)])
    assert checked_before_work(check(checked_at=time(9)), book=free) == ""


def test_whoever_left_is_no_longer_asked_for(row):
    assert on_the_rolls(row(left_on=DAY), DAY)
    assert not on_the_rolls(row(left_on=date(2026, 10, 12)), DAY)


# --- who may sign -------------------------------------------------------------------------------


def test_whoever_was_ill_or_on_leave_cannot_have_signed_that_day():
    """V-50: nobody who is away or ill stands among the signatures of the day."""
    assert away(DAY, [Checked(DAY, "出勤", "4", "腹泻")]) == "当天晨检不合格（腹泻）"
    assert away(DAY, [Checked(DAY, "出勤", "0", "正常", left_post=True)]) == "当天晨检不合格（离岗）"
    for why in ("病假", "事假", "旷工"):
        assert away(DAY, [Checked(DAY, why)]) == f"当天{why}"
    for came in ("出勤", "迟到", None):
        assert away(DAY, [Checked(DAY, came, "0", "正常")]) == ""
    assert away(DAY, []) == ""
    assert away(DAY, [Checked(date(2026, 10, 14), "病假")]) == ""


def test_whoever_left_stays_away_until_the_day_of_coming_back():
    """V-50: away from leaving until back."""
    left = Checked(date(2026, 10, 12), "出勤", "1", "发热", left_post=True, back_on=date(2026, 10, 15))
    assert away(date(2026, 10, 14), [left]) == "10-12 起离岗，10-15 才返岗"
    assert away(date(2026, 10, 15), [left]) == ""
    assert "没有返岗记录" in away(date(2026, 10, 20), [left._replace(back_on=None)])
    assert away(date(2026, 10, 14), [left, Checked(DAY, "出勤", "0", "正常")]) == ""


def test_a_certificate_that_ran_out_bars_from_work():
    """V-11: a year after the examination the certificate has run out, and its holder neither samples nor serves."""
    paper = Held(date(2025, 10, 13), date(2026, 10, 13))
    assert uncertified(DAY, [paper]) == ""
    assert "2026-10-13 已到期" in uncertified(date(2026, 10, 14), [paper])
    renewed = Held(date(2026, 11, 1), date(2027, 11, 1))
    assert uncertified(date(2026, 10, 20), [paper, renewed])
    assert uncertified(date(2026, 11, 1), [paper, renewed]) == ""
    assert uncertified(DAY, []) == "没有健康证"


def test_who_is_known_only_since_a_later_certificate_is_believed():
    assert uncertified(DAY, [Held(date(2026, 11, 1), date(2027, 11, 1))]) == ""


def test_the_sentence_names_the_person_and_the_reason():
    """V-44: who takes the samples is well that day and holds a certificate."""
    ill = [Checked(DAY, "出勤", "4", "腹泻")]
    assert why_unfit("邓小红", DAY, ill, []) == "邓小红当天晨检不合格（腹泻），不能在这里签名"
    assert why_unfit("邓小红", DAY, [], []) == "邓小红没有健康证，不能上岗签名"
    assert why_unfit("王志强", DAY, [], None) == ""
