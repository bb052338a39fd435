"""Which changes an alert channel wants."""

import pytest

from letters.alarm import OUTAGES, AlarmKind
from letters.change import Category, ChangeKind, Edit, Op, Significance
from letters.subscription import NewsItem, Subscription

FIGURE = Edit(Op.REPLACE, "body", Category.FIGURE, "718.4", "918.4", context="投入718.4亿元")
PHONE = Edit(Op.REPLACE, "phone", Category.CONTACT, "67575783", "67575784")
NEWS = NewsItem(
    ChangeKind.EDITED,
    Significance.SUBSTANTIVE,
    (FIGURE, PHONE),
    ("关于停车场的复函", "停车场", "赵小华"),
)
MINOR = NewsItem(ChangeKind.PUBLISHED, Significance.MINOR, (), ("关于养老的复函",))


@pytest.mark.parametrize(
    ("wanted", "news", "is_wanted"),
    [
        pytest.param({}, NEWS, True, id="a substantive change, by default"),
        pytest.param({}, MINOR, False, id="no minor one, by default"),
        pytest.param({"significance": Significance.MINOR}, NEWS, True, id="weightier than asked for"),
        pytest.param({"significance": Significance.COSMETIC}, MINOR, True, id="any weight"),
        pytest.param({"kinds": ("edited",)}, NEWS, True, id="one of the kinds"),
        pytest.param({"kinds": ("withdrawn", "outage")}, NEWS, False, id="none of the kinds"),
        pytest.param({"categories": (Category.CONTACT,)}, NEWS, True, id="any edit of a category"),
        pytest.param({"categories": (Category.DATE,)}, NEWS, False, id="no edit of the category"),
        pytest.param({"words": ("养老", "停车")}, NEWS, True, id="one of the words in the title"),
        pytest.param({"words": ("赵小华",)}, NEWS, True, id="a word in the addressees"),
        pytest.param({"words": ("９１８．４",)}, NEWS, True, id="a word in an edit, of another width"),
        pytest.param({"words": ("亿元",)}, NEWS, True, id="a word beside an edit"),
        pytest.param({"words": ("养老",)}, NEWS, False, id="a word that is nowhere"),
        pytest.param({"words": ("停车",), "kinds": ("withdrawn",)}, NEWS, False, id="all of what is asked"),
    ],
)  # fmt: skip
def test_a_channel_wants(wanted: dict[str, object], news: NewsItem, *, is_wanted: bool) -> None:
    assert Subscription("mail", **wanted).wants(news) is is_wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "outages", "others"),
    [
        pytest.param((), True, True, id="all kinds"),
        pytest.param(("edited",), False, False, id="changes alone"),
        pytest.param(("edited", "outage"), True, False, id="outages"),
        pytest.param(("alarm",), True, True, id="all alarms"),
    ],
)
def test_alarms_are_wanted_unless_other_kinds_are_named(
    kinds: tuple[str, ...], *, outages: bool, others: bool
) -> None:
    wanted = Subscription("mail", kinds=kinds)
    assert all(wanted.wants_alarm(kind) is outages for kind in OUTAGES)
    assert all(wanted.wants_alarm(kind) is others for kind in set(AlarmKind) - OUTAGES)
