"""Every command of the window with its words, icon and keys, declared once.

Shortcuts, the menu behind the school's name, the context menu of a table, tool tips and the help of F1 all read this
table; what a command does where is said by the page in front (`OfficePage.deeds`) and by the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Do(Enum):
    """What can be done with a key wherever it makes sense."""

    NEW = auto()
    DUPLICATE = auto()
    DRAFT = auto()
    DELETE = auto()
    UNDO = auto()
    REDO = auto()
    IMPORT = auto()
    EXPORT = auto()
    HISTORY = auto()
    PRINT = auto()
    SAVE = auto()
    FORM = auto()
    FILTER = auto()
    NEXT_MISSING = auto()
    NEXT_PANE = auto()
    VIEW = auto()
    MONTH_BACK = auto()
    MONTH_ON = auto()
    LEDGER_UP = auto()
    LEDGER_DOWN = auto()
    TAB_BACK = auto()
    TAB_ON = auto()
    PRINT_ROOM = auto()
    SEARCH = auto()
    ACTS = auto()
    HELP = auto()
    SETTINGS = auto()
    RULES = auto()
    TRACE = auto()
    MENU = auto()


class Group(Enum):
    """The headings under which the menu and the help list commands."""

    RECORD = "记录"
    FILE = "导入导出和打印"
    MOVE = "走动"
    WINDOW = "窗口"


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `keys` are Qt's names, the first one is shown."""

    do: Do
    words: str
    group: Group
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    bound: bool = True
    """Whether the window installs the keys; otherwise the pane that has the keyboard knows them."""

    @property
    def key(self) -> str:
        """The key as it is written beside the words."""
        return shown_key(self.keys[0]) if self.keys else ""


_SHOWN = {"PgUp": "PgUp", "PgDown": "PgDn", "Up": "↑", "Down": "↓"}


def shown_key(key: str) -> str:
    """A key as keyboards print it: `Alt+Up` is Alt+↑."""
    *before, last = key.split("+")
    return "+".join([*before, _SHOWN.get(last, last)])


COMMANDS: tuple[Command, ...] = (
    Command(Do.NEW, "新增", Group.RECORD, ("Ctrl+N",), "plus", "到空白行，开始新的一行"),
    Command(Do.DUPLICATE, "复制", Group.RECORD, ("Ctrl+Shift+D",), "copy", "照这一行再写一行"),
    Command(Do.DRAFT, "生成草稿", Group.RECORD, ("Ctrl+G",), "wand-sparkles", "由已有的记录写好一份，核对后再保存"),
    Command(Do.DELETE, "删除", Group.RECORD, ("Ctrl+Del",), "trash-2", "删除选中的行，可以撤销"),
    Command(Do.UNDO, "撤销", Group.RECORD, ("Ctrl+Z",), "undo-2"),
    Command(Do.REDO, "重做", Group.RECORD, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2"),
    Command(Do.SAVE, "保存这一行", Group.RECORD, ("Ctrl+Enter",), "check", bound=False),
    Command(Do.FORM, "右侧表单", Group.RECORD, ("F4",), "clipboard-list", "这一行的全部内容"),
    Command(Do.HISTORY, "历史", Group.RECORD, ("Ctrl+H",), "history", "这一条是谁在什么时候改过的"),
    Command(Do.TRACE, "追溯", Group.RECORD, ("Ctrl+T",), "link-2", "从哪里来、到哪里去：供货、证照、出库、留样"),
    Command(Do.ACTS, "做过的操作", Group.RECORD, ("Ctrl+Shift+H",), "archive-restore", "按时间列出，可以撤销其中一步"),
    Command(Do.IMPORT, "导入", Group.FILE, ("Ctrl+O",), "file-up", "从 Excel、WPS 表格导入，也可以把文件拖进来"),
    Command(Do.EXPORT, "导出", Group.FILE, ("Ctrl+E",), "file-down", "导出成 Excel 工作簿"),
    Command(Do.PRINT, "打印本表", Group.FILE, ("Ctrl+P",), "printer"),
    Command(Do.PRINT_ROOM, "报表打印", Group.FILE, ("F9",), "list-checks", "本月所有检查表"),
    Command(Do.NEXT_MISSING, "下一处要补、要改的", Group.MOVE, ("F8",), "triangle-alert"),
    Command(Do.FILTER, "按列筛选", Group.MOVE, ("Ctrl+F",), "funnel"),
    Command(Do.SEARCH, "查全部台账", Group.MOVE, ("Ctrl+K",), "search"),
    Command(Do.NEXT_PANE, "换到下一块", Group.MOVE, ("F6",), "arrow-right", "目录、表格、表单之间"),
    Command(Do.VIEW, "换个方式看", Group.MOVE, ("F3",), "eye", "表格、按天填写等，页头上也能点"),
    Command(Do.MONTH_BACK, "上一个月", Group.MOVE, ("Alt+PgUp",), "chevron-left"),
    Command(Do.MONTH_ON, "下一个月", Group.MOVE, ("Alt+PgDown",), "chevron-right"),
    Command(Do.LEDGER_UP, "上一本台账", Group.MOVE, ("Alt+Up",)),
    Command(Do.LEDGER_DOWN, "下一本台账", Group.MOVE, ("Alt+Down",)),
    Command(Do.TAB_BACK, "左边的标签", Group.MOVE, ("Ctrl+PgUp",)),
    Command(Do.TAB_ON, "右边的标签", Group.MOVE, ("Ctrl+PgDown",)),
    Command(Do.HELP, "帮助", Group.WINDOW, ("F1",), "circle-help", "这一页的按键和各栏怎么填"),
    Command(Do.RULES, "规则手册", Group.WINDOW, ("Ctrl+Shift+R",), "book-open", "所有限值和期限，各有出处，可以改"),
    Command(Do.SETTINGS, "设置", Group.WINDOW, ("Ctrl+,",), "settings", "外观、字号、经办人"),
    Command(Do.MENU, "全部操作", Group.WINDOW, ("F10",), "list-checks"),
)
"""In the order of the menu."""

BY_DO: dict[Do, Command] = {command.do: command for command in COMMANDS}

TABLE_KEYS: tuple[tuple[str, str], ...] = (
    ("打字就是改这一格", "F2 接着改"),
    ("右边一格", "Tab"),
    ("下一行；空白行里是下一个要填的格", "Enter"),
    ("还原这一格，再按一次留作草稿", "Esc"),
    ("照上面一格填", "Ctrl+'"),
    ("填今天", "Ctrl+;"),
    ("选中的格向下填充", "Ctrl+D"),
    ("清空选中的格", "Del"),
    ("与 WPS、Excel 之间复制粘贴一片", "Ctrl+C Ctrl+V"),
    ("第一行、最后一行", "Ctrl+↑ Ctrl+↓"),
    ("打开候选", "↓"),
    ("候选里没有，登记新的", "Alt+N"),
)
"""What the keys of a table do, for the help."""

TYPING: tuple[tuple[str, str], ...] = (
    ("日期", "3.5　3-5　0305　今　昨　明　+1"),
    ("算式", "12*3.5　31+4"),
    ("名称", "拼音首字母，如 jt 是鸡腿"),
    ("长期有效", "长期"),
)
"""Shorthand that every field of its kind reads."""
