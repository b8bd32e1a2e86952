"""The rows another system exports (演示数据): made by counting, so that every demonstration has the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

# label of the prefecture, how many enterprises of the demonstration it has
PLACES = [
    ("兰州", 10), ("嘉峪关", 3), ("金昌", 3), ("白银", 5), ("天水", 7), ("武威", 5), ("张掖", 4), ("平凉", 4), ("酒泉", 5),
    ("庆阳", 4), ("定西", 4), ("陇南", 2), ("临夏州", 2), ("甘南州", 2),
]  # fmt: skip
# trade in the name, product, category in the other system's words
TRADES = [
    ("水泥", "通用硅酸盐水泥", "建材"), ("面粉", "小麦粉", "食品"), ("化肥", "复混肥料", "农资"), ("乳业", "巴氏杀菌乳", "食品"),
    ("电缆", "额定电压电缆", "机电产品"), ("石化", "车用汽油", "成品油"), ("地膜", "农用地面覆盖薄膜", "农资"), ("家具", "木制家具", "消费品"),
    ("淀粉", "马铃薯淀粉", "食品"), ("门窗", "铝合金建筑型材", "建材"), ("锅炉", "工业锅炉", "机电产品"), ("服装", "校服", "日用品"),
]  # fmt: skip
SAMPLING_HEAD = [
    "序号", "报告书编号", "受检单位名称", "社会信用代码", "样品名称", "产品大类", "任务来源", "商标", "型号规格", "生产日期/批号", "抽样时间",
    "综合判定", "主要不合格项目", "承检机构", "处理情况", "所在市州",
]  # fmt: skip
INSTRUMENT_HEAD = [
    "序号", "出厂编号", "计量器具名称", "强检类别", "强检用途", "使用单位名称", "社会信用代码", "型号规格", "使用地点", "强检方式", "检定时间",
    "检定周期（月）", "证书号", "检定单位", "检定结果", "市州",
]  # fmt: skip
LICENCE_HEAD = [
    "序号",
    "企业名称",
    "信用代码",
    "许可产品",
    "许可证编号",
    "批准日期",
    "截止日期",
    "发证部门",
    "市州",
]
# name, category of the 1987 list, purpose, cycle in months
INSTRUMENTS = [
    ("电子汽车衡", "汽车衡", "贸易结算", 12), ("税控燃油加油机", "加油机", "贸易结算用", 6), ("电子计价秤", "电子计价秤", "贸易", 12),
    ("一般压力表", "压力表", "安全防护用", 6), ("可燃气体报警器", "有害气体分析仪", "安全", 12), ("水银血压计", "水银血压计", "医疗", 6),
    ("心电图机", "心电图机", "医疗卫生用", 12), ("声级计", "声级计", "环保", 12), ("烟尘测试仪", "烟尘、粉尘测量仪", "环境监测用", 12),
]  # fmt: skip
WANING = ["总养分", "抗压强度", "蛋白质", "厚度偏差", "绝缘电阻", "甲醛释放量"]
FIRST_DAYS = {1: date(2012, 1, 9), 2: date(2012, 4, 9), 3: date(2012, 7, 9), 4: date(2012, 10, 9)}
PER_QUARTER = {1: 66, 2: 78, 3: 84, 4: 72}
CASES = [
    ("fake", Decimal("3.20"), date(2012, 2, 14)), ("unlicensed", Decimal("8.50"), date(2012, 3, 6)), ("measuring", Decimal("0.60"), date(2012, 3, 15)),
    ("labelling", Decimal("1.10"), date(2012, 5, 22)), ("fake", Decimal("12.40"), date(2012, 6, 12)), ("fake", Decimal("5.75"), date(2012, 8, 3)),
    ("unlicensed", Decimal("2.00"), date(2012, 9, 18)), ("measuring", Decimal("0.35"), date(2012, 10, 30)), ("fake", Decimal("21.00"), date(2012, 11, 27)),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An invented enterprise."""

    name: str
    code: str
    place: str
    product: str
    category: str


def enterprises(code: Callable[[int], str]) -> list[Enterprise]:
    """Sixty, over the fourteen prefectures."""
    found: list[Enterprise] = []
    for place, number in PLACES:
        for _n in range(number):
            trade, product, category = TRADES[len(found) * 5 % len(TRADES)]
            name = f"演示{place.removesuffix('州') if len(place) > 2 else place}{trade}有限公司"
            found.append(Enterprise(name, code(len(found) + 1), place, product, category))
    return found


def samplings(known: list[Enterprise], quarter: int) -> list[list[Any]]:
    """One quarter's results: dates in three forms, words of the other system, one in fourteen failed."""
    rows = []
    for n in range(PER_QUARTER[quarter]):
        serial = quarter * 100 + n
        one = known[(serial * 17) % len(known)]
        day = FIRST_DAYS[quarter] + timedelta(days=(n * 7) % 58)
        failed = (serial * 11 + quarter) % 14 == 0
        rows.append(
            [
                n + 1, f"YS-2012-{serial:04d}", one.name, one.code if n % 5 else "", one.product, one.category,
                ["省抽", "省级抽查", "国抽", "市抽"][n % 4], "演示牌", f"YS-{n % 9 + 1}型", f"2012{quarter:02d}{n % 27 + 1:02d}",
                _written(day, n), "不符合要求" if failed else "符合要求", WANING[n % len(WANING)] if failed else "",
                "演示检验院", ["限期整改", "复查合格", "已立案"][n % 3] if failed else "", one.place,
            ]
        )  # fmt: skip
    return rows


def instruments(known: list[Enterprise], export: int) -> list[list[Any]]:
    """The first export holds the verifications until June, the second those of the half-year after, some of them anew."""
    rows: list[list[Any]] = []
    first, last = (1, 84) if export == 1 else (40, 120)
    for n in range(first, last + 1):
        one = known[(n * 13) % len(known)]
        name, category, purpose, cycle = INSTRUMENTS[n % len(INSTRUMENTS)]
        if export == 2 and n <= 84 and n % 3 == 0:
            continue
        start = date(2011, 10, 8) if export == 1 else date(2012, 6, 25)
        day = start + timedelta(days=(n * 19) % (250 if export == 1 else 150))
        failed = n % 23 == 0
        rows.append(
            [
                len(rows) + 1, f"YS-J-{n:04d}", name, category, purpose, one.name, one.code, f"Y{n % 6 + 1}", f"{one.place}厂区",
                "周检", _written(day, n), cycle, f"演检字第2012{n:04d}-{export}号", "演示计量院", "停用" if failed else "准予使用",
                one.place,
            ]
        )  # fmt: skip
    return rows


def licences(known: list[Enterprise]) -> list[list[Any]]:
    """Licences for five years, some of which end within the winter."""
    rows: list[list[Any]] = []
    for n, one in enumerate(known[::2], 1):
        granted = date(2007, 11, 20) + timedelta(days=n * 51)
        ends = granted.replace(year=granted.year + 5) - timedelta(days=1)
        rows.append(
            [
                n,
                one.name,
                one.code,
                one.product,
                f"YS13-{n:03d}-{n * 37:05d}",
                granted,
                ends,
                "演示发证机关",
                one.place,
            ]
        )
    return rows


def _written(day: date, n: int) -> Any:
    """As people and systems write a day."""
    return [
        day,
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ][n % 4]
