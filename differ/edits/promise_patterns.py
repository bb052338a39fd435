"""How letters promise: how firmly, under what condition, by when, and what they say of plans."""

import re

from differ.lexicon.alternatives import Alternative, one_of, plain_words

# How firmly words promise; 2 is the plain future.
FIRMEST = 4
PLAIN_FUTURE = 2
FIRMNESS = {
    FIRMEST: (
        *plain_words("必须 务必 确保 保证 承诺 坚决 全部 一律 不折不扣 限期 如期 按期 严格"),
        Alternative("一定(?!程度)", "我们|一定|办好"),
    ),
    3: plain_words("全面 全力 大力 加快 尽快 尽早 立即 马上 从速 抓紧 着力 切实 加大 强力 扎实"),
    PLAIN_FUTURE: (
        Alternative("将(?!来|军|近)", "我们|将|建成"),
        Alternative("会(?!议|同|商|员|计)", "我们|会|建成"),
        *plain_words("继续 落实 实施 启动 建成 完成"),
    ),
    1: (
        *plain_words("力争 争取 努力 尽量 尽力 尽可能 积极 推动 推进 稳步 稳妥 支持 计划 打算"),
        *plain_words("拟"),
    ),
    0: (
        Alternative("研究(?!院|所|中心|生|员)", "将|研究|解决"),
        *plain_words("探索 适时 逐步 考虑 酌情 视情 原则上 有条件 条件成熟 鼓励 引导 谋划 论证"),
        *plain_words("可能 适当 择机 结合实际"),
    ),
}
TIMES = (  # by when something is due
    Alternative("[年月日天周]之?[内前底]", "三|年内|完成"),
    Alternative("小时内", "24|小时内|答复"),
    Alternative("[今明后]年", "力争|明年|开工"),
    Alternative(r"\d{4}年", "|2025年|建成"),
    *plain_words("上半年 下半年 季度"),
)
CONDITIONS = (
    Alternative("条件(?:成熟|允许|具备)", "|条件成熟|时实施"),
    Alternative("视.{0,8}情况?", "|视资金筹措情况|实施"),
    Alternative("在.{1,20}前提下", "|在依法依规的前提下|实施"),
    Alternative("待.{1,20}后", "|待资金到位后|实施"),
    Alternative("经.{1,12}(?:批准|同意)后", "|经市政府批准后|实施"),
    Alternative("资金(?:到位|允许)", "|资金允许|时实施"),
    Alternative("如.{1,15}则", "|如资金到位，则|实施"),
    Alternative("根据(?:财力|实际|资金)", "|根据财力|安排"),
    Alternative("有条件的?", "|有条件的|乡镇"),
)
# These condition whatever they are in: nobody speaks so of what was done.
RESERVATIONS = (
    Alternative(
        "在.{0,8}(?:允许|具备|许可|成熟|到位)的?(?:情况|条件|前提|基础)?下",
        "|在财力允许的情况下|安排",
    ),
    Alternative("条件(?:成熟|允许|具备)时", "|条件成熟时|实施"),
)
NEGATIONS = (
    *plain_words("没有"),
    Alternative("[暂尚]无", "|暂无|计划"),
    *plain_words("无法 不再 暂不 不予 取消 停止 终止"),
    Alternative("不(?=$|会|能|得|拟)", "|不|能实施"),
    *plain_words("未"),
)
DELAYS = plain_words("暂缓 推迟 延后 延期 缓建")
FUTURE = (
    Alternative("将(?!来|军|近|.{0,6}(?:纳入了|列入了))", "我们|将|建成"),
    Alternative("拟(?!定|订)", "|拟|建设"),
    *plain_words("力争 争取 确保 下一步 今后 承诺 我们会"),
    Alternative(
        "[前内](?:全面|基本|全部)?(?:完成|建成|实现|投用|开工|启动|出台|印发)", "年底|前全面完成|"
    ),
    Alternative(r"到20\d\d年", "|到2025年|"),
    *plain_words("年底前 尽快 继续 进一步"),
    Alternative(r"计划(?:于|在|到|20\d\d年|[今明后]年|年内)", "|计划于|明年开工"),
    *plain_words("务必 必须"),
)
PAST = (Alternative("已(?!知)", "|已|建成"), *plain_words("完成了 取得了 收悉 审签 感谢"))
SURE_FUTURE = (  # even where the sentence speaks of the past too
    Alternative("将(?!来|军|近)", "我们|将|建成"),
    *plain_words("力争 确保 下一步 承诺 年底前"),
)
PLAN_HEADINGS = plain_words("下一步 下步 今后 打算 工作计划 工作安排 努力方向")

_PLAN = "计划|规划|方案|项目库|清单|议程|日程|盘子|预算|安排|打算|重点|台账|名录|储备|考虑|意向"
_WORKS = "实施|建设|修建|新建|扩建|改造|拓宽|解决|安排|列入|纳入|推进|落实|办理|启动"
PLANNED = (  # what a clause says of something that is planned
    Alternative(
        "(?:纳入|列入|列为|编入|写[入进]|排入)[^，。；]{0,20}"
        f"(?:{_PLAN}|工程|项目|任务|建设|改造)",
        "已|列入明年的实施计划|",
    ),
    Alternative("(?<![虚模])拟(?!定|订|态|人)[^，。；]{2,}", "|拟于下半年开工|"),
    Alternative(
        r"(?<![年作动规])计划(?:于|在|到|用|从|[今明后]年|年内|\d|[新改扩增建投完实启开分逐对将三两])",
        "|计划三|年内完成",
    ),
    Alternative(
        "正在?(?:规划|谋划|筹划|筹备|筹建|论证|编制|报批|争取|申报|办理前期)", "|正在编制|方案"
    ),
    *plain_words("报请 立项 打算 有望 尚在"),
    Alternative("待[^，。；]{1,12}后", "|待批复后|实施"),
    Alternative("安排[^，。；了]{0,8}(?:施工|实施|建设|开工|动工|改造|修建)", "已|安排今年施工|"),
    Alternative("有(?![关效序力些的])[^，。；]{0,6}(?:计划|打算)", "我局|有改造计划|"),
)
REFUSED = (  # what a clause says of something that is not planned
    Alternative(
        r"(?:没有|[暂尚并]无|(?<!有)无(?![障论人线害疑锡缝])|不在|不具备|未(?![来成]))[^，。；]{0,12}"
        f"(?:{_PLAN}|条件)",
        "暂时|没有扩建打算|",
    ),
    Alternative("(?:没有|未)被?(?:纳入|列入|安排)", "|未列入|"),
    *plain_words("暂不 暂缓 不予"),
    Alternative(f"(?:无法|难以|不宜|不再|不能)[^，。；]{{0,6}}(?:{_WORKS})", "|无法实施|"),
)
DUE = (  # what is behind a date by which something is due
    Alternative("年?[底末前内]", "2025|年底|"),
    Alternative("[年月]?[底末]?[之以]?前", "2025|年之前|"),
    *plain_words("年度 完成"),
    Alternative("[上下]半年", "2025年|上半年|"),
    *plain_words("建成 实现 投用 开工 动工 启动 通车 交付"),
    Alternative(r"\d*月?[底前]", "2025年|6月底|"),
)

IS_FIRM = {firmness: re.compile(one_of(words)) for firmness, words in FIRMNESS.items()}
IS_TIME = re.compile(one_of(TIMES))
IS_CONDITION = re.compile(one_of(CONDITIONS))
IS_RESERVATION = re.compile(one_of(RESERVATIONS))
IS_NEGATION = re.compile(one_of(NEGATIONS))
IS_DELAY = re.compile(one_of(DELAYS))
IS_FUTURE = re.compile(one_of(FUTURE))
IS_PAST = re.compile(one_of(PAST))
IS_SURE_FUTURE = re.compile(one_of(SURE_FUTURE))
IS_PLAN_HEADING = re.compile(one_of(PLAN_HEADINGS))
IS_PLANNED = re.compile(one_of(PLANNED))
IS_REFUSED = re.compile(one_of(REFUSED))
IS_DUE = re.compile(one_of(DUE))
