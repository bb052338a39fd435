"""The words by which pagers lead on: 下一页, 尾页, 更早, 更多."""

import re

NEXT = re.compile(
    r"(?:下一?[页頁]|后一?[页頁]|向?[后下]翻页?|next(?:page)?|older(?:posts|entries)?)[>»›→]*|[>»›→▶►]{1,2}"
    r"|[下后]一?[批组](?:提案|建议|答复|复函)*|[下后]\d{1,3}[页頁条篇件]|更早的?.{0,6}|查看(?:后面|更早|以往)的?.{0,6}",
    re.IGNORECASE,
)
LAST = re.compile(r"(?:[尾末][页頁]|最[后後末]一?[页頁]|last(?:page)?)[>»›→]*", re.IGNORECASE)
REST = re.compile(
    r"[\[［(（【>»+]*(?:(?:查看|进入|浏览)?(?:更多|全部).{0,4}|more[>»…+]*|进入列表页?)[\]］)）】>»]*",
    re.IGNORECASE,
)
