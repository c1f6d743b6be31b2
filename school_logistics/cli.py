"""The command line: what the window does, through the same services.

Exit code 0: done; 1: refused, with a sentence on standard error; 2: wrong usage. With --json one
document stands on standard output and nothing else.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from school_logistics.rules.calendar import Month

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

_IMPORT_WORKER, _SELFTEST = "--import-worker", "--selftest"


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command; without words open the window."""
    words = list(sys.argv[1:] if words is None else words)
    _write_utf8()
    if words[:1] == [_IMPORT_WORKER]:
        from school_logistics.services.reading.worker import main as read_workbook

        return read_workbook(words[1:])
    if words[:1] == [_SELFTEST]:
        from school_logistics.selftest import run_selftest

        return run_selftest()
    asked = _parser().parse_args(words)
    if "settle" in asked:
        asked.settle(asked)
    try:
        return _carry_out(asked)
    except BrokenPipeError:
        # Whoever read has seen enough; what is left must not be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED


def _carry_out(asked: argparse.Namespace) -> int:
    from school_logistics.app import clock_for, data_folder, open_office, run_window
    from school_logistics.errors import OfficeError

    try:
        if asked.command is None:
            return run_window(asked.data_dir, asked.on)
        from school_logistics.commands.every import COMMANDS

        office = open_office(data_folder(asked.data_dir), clock_for(asked.on))
        try:
            return COMMANDS[asked.command](office, asked)
        finally:
            office.close()
    except OfficeError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED


def _write_utf8() -> None:
    """Chinese reaches pipes and files whatever the console's own code page; a windowed program has no streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


class _Parser(argparse.ArgumentParser):
    """A parser that says in Chinese what is wrong with the words it was given."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2, the usage and one sentence."""
        told = next(
            (re.sub(f"^{wrong}$", said, message) for wrong, said in _WRONG if re.match(f"{wrong}$", message)), ""
        )
        usage = self.format_usage().replace("usage: ", "用法：", 1)
        self.exit(WRONG_USAGE, f"{usage}用法不对：{told or message}。写法见 {self.prog} --help\n")


_WRONG = (
    (r"argument 命令: invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有「\1」这个命令，有：\2"),
    (r"argument (\S+): expected .*", r"\1 后面要写上内容"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
    (r"argument (\S+): ignored explicit argument '?(.*?)'?", r"\1 后面不写内容，「\2」是多余的"),
    (r"argument (\S+): (.*)", r"\1 \2"),
    (r"the following arguments are required: (.*)", r"还要写 \1"),
    (r"one of the arguments (\S+) (\S+) is required", r"\1 和 \2 要写一个"),
    (r"unrecognized arguments: (.*)", r"不认识「\1」"),
    (r"ambiguous option: (\S+) could match (.*)", r"「\1」可以是 \2，请写全"),
)
"""What the library says is wrong, and how it is told here; the first that fits."""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="school-logistics", description="学校后勤台账：登记台账、打印检查表、报送年报。不带命令时打开窗口。"
    )
    parser.add_argument("--data-dir", type=Path, metavar="文件夹", help="数据文件夹；不写时用本用户自己的")
    parser.add_argument("--on", metavar="日期", default="", help="把今天定在这一天，如 2026-11-22")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令")
    for name, describe in _DESCRIPTIONS.items():
        describe(_command(commands, name))
    return parser


def _command(commands: argparse._SubParsersAction[_Parser], name: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=_HELP[name], description=_HELP[name])
    command.add_argument("--data-dir", type=Path, metavar="文件夹", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    command.add_argument("--on", metavar="日期", default=argparse.SUPPRESS, help="把今天定在这一天")
    return command


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--years", type=_years, default=1, metavar="N", help="几年的数据，默认 1")
    command.add_argument(
        "--seed", type=_whole("数字", 0, 2**63 - 1), default=1, metavar="S", help="换一个数字得另一所学校"
    )


def _ledgers(command: argparse.ArgumentParser) -> None:
    _json(command)


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help="台账的键，见 ledgers")
    command.add_argument("file", type=Path, metavar="FILE", help="xlsx、xls 或 csv")
    command.add_argument("--sheet", metavar="NAME", help="只读这一张工作表")
    command.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    command.add_argument("--skip-refused", action="store_true", help="读不了的行留下，其余写入")
    _json(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help="台账的键，见 ledgers")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="xlsx 或 csv")


def _missing(command: argparse.ArgumentParser) -> None:
    _month(command)
    _json(command)


def _draft(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help="weekly_report 周排查报告，或 monthly_minutes 月调度会议纪要")
    _month(command)
    _json(command)


def _coverage(command: argparse.ArgumentParser) -> None:
    _month(command)
    command.add_argument("--ledger", metavar="LEDGER", default="", help="只看这一本台账，一行一格地列出来")
    _json(command)


def _stock(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", type=_month_of, metavar="YYYY-MM", help="哪个月的收发存，不写是本月")
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--batches", action="store_true", help="只列库里有的批次，先到期的在前")
    shown.add_argument("--expiring", action="store_true", help="只列临期和过期的批次")
    command.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="批次看哪一天的，不写是今天")
    _json(command)


def _sheet(command: argparse.ArgumentParser) -> None:
    command.add_argument("key", nargs="?", default="", metavar="KEY", help="哪一种空白单；不写时列出有哪些")
    command.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="哪一天用；不写时就是今天")
    command.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="放到哪个文件夹，默认当前文件夹")
    _json(command)


def _rules(command: argparse.ArgumentParser) -> None:
    acts = command.add_subparsers(dest="act", metavar="做什么", required=True)
    listed = acts.add_parser("list", help="列出规则")
    listed.add_argument("find", nargs="?", default="", metavar="字", help="名称、出处、拼音首字母")
    shown = acts.add_parser("show", help="一条规则和各时期的值")
    changed = acts.add_parser("set", help="从某一天起改一条规则")
    for act in (shown, changed):
        act.add_argument("key", metavar="KEY", help="规则代码，见 rules list")
    changed.add_argument("value", metavar="VALUE", help="新的值；几个值之间用顿号或空格")
    changed.add_argument("--from", dest="since", type=_day, metavar="日期", help="从哪天起，不写是今天")
    changed.add_argument("--reason", metavar="原因", help="为什么改")
    changed.add_argument("--document", metavar="文号", help="依据的文号")
    changed.add_argument("--dry-run", action="store_true", help="只看会影响什么，不改")
    for act in (listed, shown, changed):
        _json(act)


def _trace(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help="食谱、留样、采购、送货单或出库的键，见 ledgers")
    command.add_argument("id", type=_id, metavar="ID", help="记录号")
    command.add_argument("--out", type=Path, metavar="FILE", help="另存一张追溯单（PDF）")
    _json(command)


def _due(command: argparse.ArgumentParser) -> None:
    command.add_argument("--why", action="store_true", help="每一件怎么算出来的：规则、出处、用到的日期")
    _json(command)


def _forms(command: argparse.ArgumentParser) -> None:
    _month(command)
    command.add_argument("--only", nargs="+", action="extend", default=[], metavar="CODE", help="只要这几张，如 C03 X3")
    command.add_argument("--out", type=Path, metavar="DIR", help="放到哪个文件夹")
    command.add_argument("--state", action="store_true", help="不印，只说每张表的状态和下一步")
    _binding(command)
    _json(command)

    def settle(asked: argparse.Namespace) -> None:
        if asked.out is None and not asked.state:
            command.error("the following arguments are required: --out")

    command.set_defaults(settle=settle)


def _sign(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", type=_month_of, metavar="YYYY-MM", help="留存这个月各张表的签字版")
    command.add_argument("--only", nargs="+", action="extend", default=[], metavar="CODE", help="只留这几张")
    command.add_argument("--code", default="", metavar="短码", help="登记这份已经签字；短码在表脚")
    command.add_argument("--scan", type=Path, metavar="FILE", help="签字扫描件（PDF、JPG、PNG）；不写就是纸质存档")
    command.add_argument("--signed-on", type=_day, metavar="日期", help="签字日期")
    command.add_argument("--note", default="", metavar="说明", help="存放地点，或撤回的原因")
    command.add_argument("--withdraw", action="store_true", help="撤回这份的签字登记")
    _form_of_code(command)
    _binding(command)
    _json(command)


def _reprint(command: argparse.ArgumentParser) -> None:
    command.add_argument("code", nargs="?", default="", metavar="短码", help="表脚的短码；不写就列出 --month 打印过的")
    command.add_argument("--month", type=_month_of, metavar="YYYY-MM", help="列出这个月打印过的")
    command.add_argument("--out", type=Path, metavar="FILE", help="存成哪个 PDF")
    _form_of_code(command)
    _json(command)


def _correct(command: argparse.ArgumentParser) -> None:
    command.add_argument("code", metavar="短码", help="签字版的短码")
    command.add_argument("--reason", default="", metavar="原因", help="更正原因")
    command.add_argument("--out", type=Path, metavar="FILE", help="更正说明存成哪个 PDF；不写就只列出不同")
    _form_of_code(command)
    _binding(command)
    _json(command)


def _test_page(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="存成哪个 PDF")
    command.add_argument("--landscape", action="store_true", help="横放")
    _json(command)


def _close(command: argparse.ArgumentParser) -> None:
    _month(command)
    command.add_argument("--check", action="store_true", help="只列出还没办完的，不结账")
    _json(command)


def _reopen(command: argparse.ArgumentParser) -> None:
    _month(command)
    command.add_argument("--reason", required=True, metavar="原因", help="为什么重开")
    _json(command)


def _binding(command: argparse.ArgumentParser) -> None:
    command.add_argument("--binding", action="store_true", help="左边留装订线")


def _form_of_code(command: argparse.ArgumentParser) -> None:
    command.add_argument("--form", default="", metavar="CODE", help="短码对应几张表时，说明是哪一张")


def _return(command: argparse.ArgumentParser) -> None:
    period = command.add_mutually_exclusive_group(required=True)
    period.add_argument("--year", type=_year, metavar="YYYY", help="自然年")
    period.add_argument("--school-year", type=_year, metavar="YYYY", help="学年：当年 9 月 1 日至次年 8 月 31 日")
    command.add_argument("--template", type=Path, metavar="FILE", help="教体局下发的表，格里写 {{指标代码}}")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="xlsx")
    _json(command)


def _undo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--list", action="store_true", help="只列出做过的操作")
    _json(command)


def _history(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER", help="台账的键，见 ledgers")
    command.add_argument("id", type=_id, metavar="ID", help="记录号")
    _json(command)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="只输出一份 JSON")


def _month(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", type=_month_of, required=True, metavar="YYYY-MM", help="月份，如 2026-11")


def _month_of(written: str) -> Month:
    from school_logistics.errors import Unreadable
    from school_logistics.rules.calendar import Month

    try:
        month = Month.parse(written)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    _year(str(month.year))
    return month


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        msg = f"「{written}」不是日期；请写成 2026-11-22"
        raise argparse.ArgumentTypeError(msg) from error
    _year(str(day.year))
    return day


def _whole(what: str, least: int, most: int) -> Callable[[str], int]:
    """A type of argument: whole numbers within bounds, the bounds told where it is anything else."""

    def read(written: str) -> int:
        plain = written.isascii() and written.isdecimal() and len(written) <= len(str(most))
        if not plain or not least <= int(written) <= most:
            msg = f"「{written}」不是{what}；请写 {least}～{most} 的整数"
            raise argparse.ArgumentTypeError(msg)
        return int(written)

    return read


_year = _whole("年份", 2000, 2099)
_years = _whole("年数", 1, 20)
_id = _whole("记录号", 1, 2**63 - 1)

_HELP = {
    "demo": "在空的数据文件夹里建一所演示学校",
    "ledgers": "列出所有台账和字段",
    "import": "把工作簿导入一本台账",
    "export": "把一本台账导出成 xlsx 或 csv",
    "missing": "本月还缺什么",
    "coverage": "该记的记了没有：一格一格看",
    "cross-check": "各本台账对不对得上（食谱、出库、留样、进货、人数、收支、健康证）",
    "draft": "由检查记录生成周排查报告、月调度纪要的草稿",
    "stock": "库存：收发存、批次、临期和过期",
    "sheet": "打空白的现场登记单、留样标签（PDF）",
    "due": "到期和过期的事",
    "forms": "印出本月检查表（PDF），或说各张表的状态",
    "sign": "留存签字版，登记签字和扫描件",
    "reprint": "按短码重印留存的签字版",
    "correct": "与签字版不同在哪里，打更正说明",
    "testpage": "打印测试页",
    "close": "月结",
    "reopen": "重开已结账的月份",
    "return": "导出年报，或填教体局的表",
    "trace": "一道菜或一批货从哪里来、到哪里去",
    "rules": "规则手册：查看和修改限值、期限",
    "undo": "撤销上一步",
    "history": "一条记录的来龙去脉",
}
_DESCRIPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "demo": _demo,
    "ledgers": _ledgers,
    "import": _import,
    "export": _export,
    "missing": _missing,
    "coverage": _coverage,
    "cross-check": _missing,
    "draft": _draft,
    "stock": _stock,
    "sheet": _sheet,
    "due": _due,
    "forms": _forms,
    "sign": _sign,
    "reprint": _reprint,
    "correct": _correct,
    "testpage": _test_page,
    "close": _close,
    "reopen": _reopen,
    "return": _return,
    "trace": _trace,
    "rules": _rules,
    "undo": _undo,
    "history": _history,
}
