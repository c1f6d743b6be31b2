"""The sheets whose ledgers the program does not keep yet: their lines stand there and are filled in by hand."""

from __future__ import annotations

from school_logistics.reports.annual_return.indicator import Indicator

_LINES: dict[str, tuple[str, tuple[tuple[str, str, str, str], ...]]] = {
    "R05": ("water", (
        ("kind", "饮水方式", "", "饮水档案"),
        ("dispensers", "饮水机数", "台", "饮水档案"),
        ("disinfections", "饮水机清洗消毒", "次", "饮水机清洗消毒记录"),
        ("suppliers", "供水企业", "家", "供水企业档案"),
        ("reports", "水质检测报告", "份", "水质检测报告登记"),
        ("reports_passed", "其中：合格", "份", "水质检测报告登记"),
    )),
    "R08": ("insurance", (
        ("liability.pupils", "校方责任险应保人数", "人", "保险台账"),
        ("liability.insured", "校方责任险参保人数", "人", "保险台账"),
        ("liability.rate", "校方责任险投保率", "%", "保险台账"),
        ("liability.premium", "校方责任险保费", "元", "保险台账"),
        ("medical.insured", "居民医保参保人数", "人", "保险台账"),
        ("accident.insured", "学平险自愿参保人数", "人", "保险台账"),
        ("claims", "赔案数", "件", "理赔登记"),
        ("claims.paid", "赔付额", "元", "理赔登记"),
    )),
    "R11": ("exercise_books", (
        ("pupils", "订购人数", "人", "作业本征订"),
        ("wanted", "应配本数", "本", "作业本征订"),
        ("handed_out", "实发本数", "本", "作业本发放"),
        ("rate", "足额率", "%", "作业本发放"),
        ("amount", "金额", "元", "作业本征订"),
    )),
    "R12": ("photos_and_listening", (
        ("classes", "照相班数", "个", "学生照相登记"),
        ("photos.wanted", "应拍人数", "人", "学生照相登记"),
        ("photos.taken", "实拍人数", "人", "学生照相登记"),
        ("transmitters", "听力发射设备", "台", "听力广播设备台账"),
        ("receivers.rate", "接收器持有率", "%", "听力广播设备台账"),
        ("checks", "听力设备检查", "次", "听力广播设备检查记录"),
    )),
    "R13": ("fees", (
        ("due", "应收合计", "元", "代收费收支结算台账"),
        ("received", "实收合计", "元", "代收费收支结算台账"),
        ("paid", "支付合计", "元", "代收费收支结算台账"),
        ("refunded", "退费合计", "元", "代收费收支结算台账"),
        ("balance", "结余", "元", "代收费收支结算台账"),
        ("settled_on", "结清日期", "", "代收费收支结算台账"),
    )),
    "R15": ("resources", (
        ("water", "用水", "吨", "能耗台账"),
        ("water.each", "生均用水", "吨", "能耗台账"),
        ("power", "用电", "度", "能耗台账"),
        ("power.each", "生均用电", "度", "能耗台账"),
        ("gas", "天然气", "立方米", "能耗台账"),
        ("coal", "煤", "吨", "能耗台账"),
        ("oil", "油", "升", "能耗台账"),
    )),
    "R16": ("incidents", (
        ("food", "食品安全事件", "件", "食品安全事件登记"),
        ("complaints", "投诉", "件", "投诉登记"),
        ("complaints.settled", "其中：已办结", "件", "投诉登记"),
    )),
    "R17": ("models", (
        ("canteen.level", "示范食堂级别", "", "创建与复审材料"),
        ("canteen.review", "示范食堂复审结论", "", "创建与复审材料"),
        ("dormitory.level", "示范公寓级别", "", "创建与复审材料"),
        ("dormitory.review", "示范公寓复审结论", "", "创建与复审材料"),
    )),
    "R18": ("assessment", (
        ("canteen", "食堂得分", "分", "后勤考核评分表"),
        ("dormitory", "公寓得分", "分", "后勤考核评分表"),
        ("fire", "消防安全得分", "分", "后勤考核评分表"),
        ("transport", "校车得分", "分", "后勤考核评分表"),
        ("orders", "征订收费得分", "分", "后勤考核评分表"),
        ("water", "饮水得分", "分", "后勤考核评分表"),
        ("total", "总分", "分", "后勤考核评分表"),
        ("grade", "等次", "", "后勤考核评分表"),
        ("vetoes", "否决项", "项", "后勤考核评分表"),
    )),
    "R19": ("commendations", (
        ("collective", "集体表彰", "项", "表彰台账"),
        ("personal", "个人表彰", "人次", "表彰台账"),
        ("names", "名单", "", "表彰台账"),
    )),
}  # fmt: skip
"""Sheet → the first part of its codes and its lines: key, label, unit, where a person finds the figure."""

BY_HAND = tuple(
    Indicator(f"{area}.{key}", sheet, label, unit, f"{source}，手工填", of_period=True)
    for sheet, (area, lines) in _LINES.items()
    for key, label, unit, source in lines
)
