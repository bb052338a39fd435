"""Composes a directory: the same seed, the same letters."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from replica.document import Document
from replica.odd import make_odd
from replica.words import AGENCY, GIVEN, PARTNERS, PLACES, PLANS, SENTENCES, SURNAMES, TOPICS

SESSION = {"proposal": "市政协五届五次会议", "suggestion": "市五届人大五次会议"}
CONTAINERS = (
    "view TRS_UEDITOR trs_paper_default trs_word",
    "view TRS_UEDITOR trs_paper_default trs_web",
    "trs_editor_view TRS_UEDITOR trs_paper_default trs_external",
    "TRS_Editor",
)
THANKS = (
    "衷心感谢您对我们工作的关注和支持，此复函已经我委{reviewer}主任审签。"
    "请填写回执并将您的宝贵意见函复我们，以便在今后工作中吸纳改进。"
)
FIRST_DAY = date(2022, 5, 26)
FIRST_DOCID = 10749853


@dataclass(slots=True)
class Directory:
    """All documents of the replica, in the order in which they are listed."""

    documents: list[Document]
    seed: int
    night: int = 0
    truths: list[dict[str, object]] = field(default_factory=list)  # what each night did

    def of(self, kind: str) -> list[Document]:
        """Return the listed documents of a channel, newest first."""
        return [each for each in self.documents if each.kind == kind and each.is_listed]


def compose(letters: int = 60, suggestions: int = 12, seed: int = 1) -> Directory:
    """Return a directory of that many proposals' and suggestions' letters."""
    made = [_document(seed, place, "proposal") for place in range(letters)]
    made += [_document(seed, letters + place, "suggestion") for place in range(suggestions)]
    make_odd(made)
    return Directory(sorted(made, key=lambda each: -each.docid), seed)


def _document(seed: int, place: int, kind: str) -> Document:
    chance = random.Random(f"{seed}/{place}")
    number = f"{place * 7 % 9000 + 21:04d}"
    made = FIRST_DAY + timedelta(days=place % 240)
    signed = made + timedelta(days=3 + place % 9)
    published = signed + timedelta(days=1 + place % 7)
    topic, thing, unit = TOPICS[place % len(TOPICS)]
    subject = f"关于{topic}的建议（{PLACES[place // len(TOPICS) % len(PLACES)]}）"
    subject = subject.replace("（", "——以").replace("）", "为例")
    members = _members(chance, 2 if place % 5 == 0 else 1)
    partners = chance.sample(PARTNERS, chance.randint(1, 4))
    reviewer, contact = (_name(chance) for _ in range(2))
    phone = f"6757{chance.randint(1000, 9999)}"
    word, role = ("提案", "委员") if kind == "proposal" else ("建议", "代表")
    session = SESSION[kind]
    figures = [f"{chance.randint(10, 99)}.{chance.randint(1, 9)}", f"{chance.randint(20, 480)}"]
    body = list(_body(chance, (thing, unit), figures))
    signed_raw = f"{signed.year}年{signed.month}月{signed.day}日"
    head = [
        f"{'、'.join(members)}{role}：",
        _opening(members, subject, number, partners),
    ]
    foot = [
        THANKS.format(reviewer=reviewer),
        AGENCY,
        signed_raw,
        "邮政编码：401121",
        f"联系电话：{phone}",
        f"联系人：{contact}",
    ]
    return Document(
        docid=FIRST_DOCID + place * 3,
        made_on=made.strftime("%Y%m%d"),
        listed_on=published.isoformat(),
        kind=kind,
        form="reply",
        title=f"{AGENCY}关于{session}第{number}号{word}的复函",
        fields={
            "number": number,
            "session": session,
            "addressees": members,
            "subject": subject,
            "agency": AGENCY,
            "co_handlers": partners,
            "published_on": published.isoformat(),
            "signed_on": signed.isoformat(),
            "signed_on_raw": signed_raw,
            "reviewer": reviewer,
            "postcode": "401121",
            "phone": phone,
            "contact": contact,
            "doc_number": None,
            "result_class": None,
            "feedback": None,
        },
        blocks=[("paragraph", text) for text in (*head, *body, *foot)],
        container=CONTAINERS[place % len(CONTAINERS)],
    )


def _opening(members: list[str], subject: str, number: str, partners: list[str]) -> str:
    you = "您们" if len(members) > 1 else "您"
    return (
        f"{you}提出的《{subject}》（第{number}号）已收悉。"
        f"经与{'、'.join(partners)}联合研究办理，现答复如下："
    )


def _body(chance: random.Random, what: tuple[str, str], figures: list[str]) -> Iterator[str]:
    thing, unit = what
    yield "一、总体工作情况"
    yield "（一）加强统筹协调，夯实工作基础"
    yield (
        f"2022年，全市累计完成{thing}建设投资{figures[0]}亿元，新增{thing}{figures[1]}{unit}，"
        f"同比增长{chance.randint(3, 18)}.{chance.randint(1, 9)}%。{_talk(chance, 3)}"
    )
    yield "（二）聚焦重点难点，提升服务水平"
    yield _talk(chance, 4)
    yield "二、下一步工作计划"
    yield "结合您的宝贵建议，下一步我们将重点开展以下工作："
    goal = f"我们将确保2025年底前新增{thing}{chance.randint(20, 90)}{unit}。"
    yield f"（一）强化要素保障。{goal}{_talk(chance, 2)}"
    yield f"（二）健全长效机制。将{thing}纳入年度考核，每季度通报一次进展情况。{_talk(chance, 2)}"


def _talk(chance: random.Random, sentences: int) -> str:
    picked = chance.sample(SENTENCES, sentences)
    return "".join(
        each.format(place=chance.choice(PLACES), plan=chance.choice(PLANS)) for each in picked
    )


def _members(chance: random.Random, count: int) -> list[str]:
    names: list[str] = []
    while len(names) < count:
        name = _name(chance)
        if name not in names:
            names.append(name)
    return names


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)
