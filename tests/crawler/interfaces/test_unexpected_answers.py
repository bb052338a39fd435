"""An answer that is no page of the rows that were asked for is refused, and says why."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.interfaces.interface import InterfaceRows, UnexpectedAnswerError
from crawler.interfaces.recognition import INTERFACES
from tests.crawler.interfaces.saved import answer, interface, parameters

NAMES = list(INTERFACES)
JSON_NAMES = ["jpaas", "ucap-search", "gkmlpt", "fujian", "truecms", "hefei"]


def reason(name: str, text: str) -> str:
    with pytest.raises(UnexpectedAnswerError) as error:
        interface(name).read(text, parameters(name))
    return str(error.value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("<!DOCTYPE html><html><body>网站维护中</body></html>", id="a sorry page"),
        pytest.param("[]", id="a bare list"),
        pytest.param('{"data":', id="JSON cut off"),
        pytest.param("<datastore><recordset><record>", id="XML cut off"),
        pytest.param("[" * 100_000, id="nested beyond all depth"),
        pytest.param("null", id="null"),
        pytest.param("\ud800", id="half a character"),
    ],
)
def test_what_is_no_answer_is_refused(name: str, text: str) -> None:
    assert reason(name, text).startswith("expected ")


@pytest.mark.parametrize("name", JSON_NAMES)
@pytest.mark.parametrize(
    "said",
    [
        {"success": False, "message": "参数错误"},
        {"code": 500, "msg": "参数错误"},
        {"status": "404", "error": "参数错误"},
    ],
)
def test_an_error_under_200_is_quoted(name: str, said: dict[str, Any]) -> None:
    assert "参数错误" in reason(name, json.dumps(said))


OTHER_CHANNELS = [
    pytest.param("ucap-search", '"channelId": "3f0a', '"channelId": "ffff', "channel", id="ucap"),
    pytest.param(
        "gkmlpt", '"id": 3021', '"id": 3022', "column 3021, got column 3022", id="gkmlpt"
    ),
    pytest.param("fujian", '"chnlid": "4821"', '"chnlid": "77"', "got channel 77", id="fujian"),
    pytest.param("hefei", '"catId": 32710021', '"catId": 9', "got catalogue 9", id="hefei"),
    pytest.param("jcms-nextgroup", "unitid=5120", "unitid=1", "got unitid 1", id="jcms"),
    pytest.param("zhangzhou", "830612491159", "830612490000", "got site", id="zhangzhou"),
    pytest.param(
        "truecms", '{"result"', '{"columnId": "b", "result"', "got column b", id="truecms"
    ),
]


@pytest.mark.parametrize(("name", "mine", "other", "words"), OTHER_CHANNELS)
def test_the_rows_of_another_channel_are_refused(
    name: str, mine: str, other: str, words: str
) -> None:
    assert mine in answer(name)
    assert words in reason(name, answer(name).replace(mine, other))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            "<datastore><record>&a;</record></datastore>",
            id="a file in place of a row",
        ),
        pytest.param(
            '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            "<datastore><record>&b;</record></datastore>",
            id="an entity that grows",
        ),
        pytest.param("<datastore><record>&nbsp;</record></datastore>", id="an entity of HTML"),
        pytest.param("<rss><record>1</record></rss>", id="another root"),
    ],
)
def test_entities_and_other_documents_are_no_data_store(text: str) -> None:
    assert "datastore" in reason("jcms-dataproxy", text)


def test_control_characters_that_word_leaves_in_a_title_are_left_out() -> None:
    text = answer("jcms-dataproxy").replace("市水利局关于", "市水利局\x0b关于")
    read = interface("jcms-dataproxy").read(text, parameters("jcms-dataproxy"))
    assert read.rows[0].title.startswith("市水利局关于")


def test_an_answer_without_rows_is_an_empty_page() -> None:
    read = interface("truecms").read('{"result": ""}', parameters("truecms"))
    assert read == InterfaceRows((), None)


def test_a_row_without_a_link_leads_to_no_page() -> None:
    text = json.dumps({"data": [{"title": "市水利局关于第0107号提案的复函", "link": None}]})
    (row,) = interface("hefei").read(text, parameters("hefei")).rows
    assert row.url is None


KEYS = st.sampled_from(
    [
        *("data", "results", "total", "articles", "classify", "id", "post_count", "title", "url"),
        *(
            "date",
            "publishedTime",
            "link",
            "html",
            "result",
            "doctitle",
            "docpuburl",
            "docreltime",
        ),
        *("pageCount", "success", "code", "channelId", "catId", "chnlid"),
    ]
)
OBJECTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=5)
        | st.lists(inner, max_size=4)
    ),
    max_leaves=24,
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(value=OBJECTS, text=st.text(max_size=200), at=st.integers(0, 2000))
def test_no_answer_raises_anything_but_the_one_error(
    name: str, value: Any, text: str, at: int
) -> None:
    whole = answer(name)
    at %= len(whole)
    for given_text in (json.dumps(value), text, whole[:at] + text + whole[at + len(text) :]):
        try:
            read = interface(name).read(given_text, parameters(name))
        except UnexpectedAnswerError:
            continue
        assert all(isinstance(row.title, str) for row in read.rows)
