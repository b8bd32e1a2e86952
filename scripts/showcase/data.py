"""Demonstration data of the mock pages (演示数据): no real person, no real figure."""

from typing import Any

# Tables of data, one row a line.
# fmt: off
NAV: list[dict[str, Any]] = [
    {"label": "", "items": [("待办", "inbox", 12), ("总览", "layout-dashboard", None)]},
    {
        "label": "",
        "items": [
            ("责任", "list-tree", None),
            ("征集", "mailbox", 3),
            ("任务", "square-check-big", 5),
            ("计划", "calendar-range", None),
            ("会议", "users", None),
            ("公文", "file-text", 2),
        ],
    },
    {"label": "", "items": [("数据", "database", None), ("考核", "scale", None), ("档案", "archive", None)]},
    {"label": "", "items": [("设置", "settings", None)]},
]

NAV_ENGLISH = {
    "待办": "Inbox", "总览": "Overview", "责任": "Duties", "征集": "Requests", "任务": "Tasks", "计划": "Plans", "会议": "Conferences",
    "公文": "Documents", "数据": "Data", "考核": "Assessment", "档案": "Archives", "设置": "Settings",
}

HATS = [
    {"post_id": "1", "unit_name": "领导小组办公室", "post_title": "工作人员", "jurisdiction_name": "甘肃省 · 质量振兴", "on_behalf_of": ""},
    {"post_id": "2", "unit_name": "省质监局", "post_title": "联络员", "jurisdiction_name": "甘肃省 · 质量振兴", "on_behalf_of": ""},
]

YEARS = [
    {"label": "2012年度", "url": "#", "current": True, "note": "1月1日至12月31日"},
    {"label": "2011年度", "url": "#", "current": False, "note": "已归档"},
]

_UNITS = [
    "省质监局", "甘肃出入境检验检疫局", "省工商局", "省建设厅", "省交通运输厅", "省水利厅", "省教育厅", "省农牧厅",
    "省林业厅", "省发展改革委", "省工信委", "省政府国资委", "省科技厅", "省财政厅", "省卫生厅",
]
_DUTIES = [
    ("报送本单位年度质量工作计划", "三（二）", "定期报送"),
    ("分解年度质量目标并提出措施", "三（二）", "一次性事项"),
    ("报送上半年工作总结", "三（三）", "定期报送"),
    ("强制检定计量器具登记与到期检定", "三（一）1", "台账自动认定"),
    ("重点工业产品监督抽查及不合格后处理", "三（一）1", "台账自动认定"),
    ("出口食品生产企业与种养殖基地备案", "三（一）2", "台账自动认定"),
    ("流通领域商品质量监测并公布结果", "三（一）3", "台账自动认定"),
    ("房屋建筑工程勘察设计、施工、监理全过程质量监督与竣工验收备案", "三（一）4", "台账自动认定"),
    ("引导企业建立健全质量责任体系，营造公平有序的市场环境", "三（一）3", "常态履职"),
    ("参加联席会议并落实会议交办事项", "三（四）", "一次性事项"),
]
_STATES = [
    ("done", None), ("overdue", "逾期 12 天"), ("soon", "还有 3 天"), ("claimed", None), ("not_due", None),
    ("partly", None), ("done_late", None), ("returned", None), ("standing", None), ("waived", None),
]

DUTY_COLUMNS = [
    {"label": "责任事项", "cls": "col-wide", "sort": "#"},
    {"label": "依据", "cls": "col-tight", "sort": "#", "sorted": "asc"},
    {"label": "责任单位", "cls": "col-mid", "sort": "#"},
    {"label": "性质", "cls": "col-tight"},
    {"label": "期限", "cls": "col-tight", "sort": "#"},
    {"label": "状态", "cls": "col-tight"},
    {"label": "证据", "numeric": True},
    {"label": "完成", "numeric": True},
]


def duties() -> list[dict[str, Any]]:
    """Thirty rows that look like a real register: mixed lengths, all states."""
    rows = []
    for index in range(30):
        title, clause, nature = _DUTIES[index % len(_DUTIES)]
        state, word = _STATES[(index * 3 + index // 10) % len(_STATES)]
        if nature == "常态履职":
            state, word = "standing", None
        due = "—" if nature == "常态履职" else f"{3 + index % 9}月{(index * 7) % 28 + 1}日"
        cells = [title, clause, _UNITS[index % len(_UNITS)], nature, due, str(index * 5 % 17), f"{index * 13 % 101}%"]
        rows.append({"id": str(index), "url": "#", "cells": cells, "state": state, "word": word, "selected": index in {3, 4}})
    return rows


def todos() -> list[dict[str, Any]]:
    """Twelve things that await an office clerk who is also a unit's liaison."""
    office, liaison = "领导小组办公室", "省质监局 · 联络员"
    lines = [
        ("overdue", None, "报送第一季度工作进展", ["依据 三（三）", liaison], "3月31日", "逾期 2 天", "报送"),
        ("overdue", None, "催办：省商务厅、省旅游局未报年度质量工作计划", ["征集 2012年度计划", office], "3月31日", "逾期 2 天", "催办"),
        ("soon", None, "确认省教育厅报送的《2012年度质量工作计划》", ["依据 三（二）", "省教育厅 3月30日再次报送", office], "4月5日", "还有 3 天", "确认"),
        ("soon", None, "确认省环保厅重点污染源监测佐证材料", ["依据 三（一）11", office], "4月6日", "还有 4 天", "确认"),
        ("soon", None, "会签《关于印发2012年质量振兴工作要点的通知》", ["拟稿 演示甲", liaison], "4月6日", "还有 4 天", "会签"),
        ("returned", None, "修改后再报：强制检定计量器具一季度台账", ["退回原因：缺医疗机构明细", liaison], "4月8日", "还有 6 天", "修改"),
        ("not_due", None, "汇总成员单位计划，起草全省年度计划", ["依据 二（二）", "已收 19 / 21 家", office], "4月15日", "还有 13 天", "起草"),
        ("not_due", None, "核对兰州市自评材料中产品抽查合格率与监督抽查台账不一致之处（目标值、口径、期间三处不同）", ["考核 2011年度", office], "4月20日", "还有 18 天", "核对"),
        ("not_due", None, "登记第一次联席会议参会回执", ["会议 4月26日", "已回 14 / 21 家", office], "4月20日", "还有 18 天", "登记"),
        ("not_due", None, "报送质量信用等级评定情况", ["依据 三（一）1", liaison], "4月30日", "还有 28 天", "报送"),
        ("not_due", "待签收", "甘政办发〔2012〕31号：关于做好质量工作考核准备的通知", ["收文", liaison], "", "", "签收"),
        ("standing", "待指定", "两条款没有责任单位：三（一）14、四（三）", ["责任空白", office], "", "", "指定"),
    ]
    keys = ("state", "word", "title", "meta", "due", "left", "action")
    return [dict(zip(keys, line, strict=True), url="#", overdue=line[0] == "overdue") for line in lines]


def clauses() -> list[dict[str, Any]]:
    """A clause tree in the structure of the 2011 text, in our own words."""
    def node(ident: str, marker: str, text: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"id": f"c-{ident}", "marker": marker, "text": text, "url": "#", "children": list(children), **more}

    return [
        node("1", "一、", "领导小组的职责",
             node("1-1", "（一）", "统一规划、协调、考核和指导全省推进质量振兴的各项工作，研究解决工作中的重大问题。", holder="领导小组", duties="2 项责任", state="standing"),
             node("1-2", "（二）", "每年召开一次联席会议，必要时临时召开：总结上一阶段工作，从产品、工程、服务、环境四个方面分析质量形势和主要问题，确定下一阶段目标任务。", holder="领导小组", duties="4 项责任", state="done"),
             node("1-3", "（三）", "检查考核各市州的质量振兴工作，通报考核结果。", holder="领导小组", duties="2 项责任", state="not_due"),
             holder=None),
        node("2", "二、", "领导小组办公室的职责",
             node("2-1", "（一）", "督促落实领导小组的决定事项，汇总成员单位工作进展。", holder="领导小组办公室", duties="2 项责任", state="partly"),
             node("2-2", "（二）", "征集成员单位年度工作计划，起草全省年度计划，报领导小组审定后印发。", holder="领导小组办公室", duties="3 项责任", state="soon", word="还有 13 天"),
             node("2-3", "（三）", "组织年度考核，通报结果。", holder="领导小组办公室", duties="2 项责任", state="not_due")),
        node("3", "三、", "成员单位的职责",
             node("3-1", "（一）", "按照各自职能，承担下列工作：",
                  node("3-1-1", "1.", "质量技术监督部门：推动采用先进标准；对贸易结算、安全防护、医疗卫生、环境监测方面列入目录的计量器具实施强制检定；开展产品质量监督抽查并公布结果，跟踪不合格产品后处理；查处质量违法案件。", holder="省质监局", role="牵头", duties="14 项责任", state="overdue", word="1 项逾期"),
                  node("3-1-2", "2.", "出入境检验检疫部门：实施进出口商品检验；建立进出口企业诚信档案；对出口食品生产企业和种植养殖基地实施备案；预警疫情和质量风险。", holder="甘肃出入境检验检疫局", duties="9 项责任", state="claimed"),
                  node("3-1-4", "4.", "建设、交通运输、水利部门：管好规划、勘察、设计、施工、监理各环节；执行执业许可、施工许可、竣工验收和移交制度；提高运输服务质量。", holder="省建设厅、省交通运输厅、省水利厅", role="牵头不明", duties="11 项责任", state="partly"),
                  node("3-1-14", "14.", "商务、旅游部门：完善服务标准，培训服务人员，推行服务承诺和行业自律。", orphan=True)),
             node("3-2", "（二）", "制定本单位工作计划，分解年度目标，提出保障措施。", holder="各成员单位（21 家）", duties="42 项责任", state="soon", word="2 家未报"),
             node("3-3", "（三）", "做好阶段和年度总结，按时反馈领导小组办公室。", holder="各成员单位（21 家）", duties="63 项责任", state="overdue", word="2 家逾期")),
        node("4", "四、", "各地政府的职责",
             node("4-1", "（一）", "负责本地区推进质量振兴工作的规划、协调、检查和指导。", holder="14 个市州政府", duties="14 项责任", state="standing"),
             node("4-4", "（四）", "每年考核本级部门，结果报领导小组办公室。", holder="14 个市州政府", duties="14 项责任", state="not_due")),
    ]
