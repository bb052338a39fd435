"""The agency of an entry is who signs the letters; where that is not sure, the entry says so."""

import pytest

from fuhan.probe.agency import choose_agency, owner_of, signer_of
from letters.letter import Form
from tests.fuhan.probe.composed_letters import letter

BUREAU, SHORT, OTHER = "某市发展和改革委员会", "市发展改革委", "某市财政局"
RECORD = {"form": Form.RECORD, "labels": {"主办单位": OTHER}}


@pytest.mark.parametrize(
    ("letters", "owner", "chosen", "doubt"),
    [
        pytest.param([letter(BUREAU)] * 3, BUREAU, BUREAU, None, id="all sign so"),
        pytest.param([letter(BUREAU)] * 3, None, BUREAU, None, id="the site has no name"),
        pytest.param([letter(SHORT)] * 3, BUREAU, SHORT, None, id="signed by a shorter name"),
        pytest.param([letter(BUREAU)] * 2 + [letter(OTHER)], BUREAU, BUREAU, None, id="most"),
        pytest.param([letter(BUREAU)] * 3, OTHER, BUREAU, f"name {OTHER}", id="another's site"),
        pytest.param(
            [letter(BUREAU), letter(OTHER)], "某市人民政府", "某市人民政府",
            f"signed by {BUREAU} (1), {OTHER} (1)", id="several sign",
        ),
        pytest.param([letter()] * 3, BUREAU, BUREAU, "no letter is signed", id="nobody signs"),
        pytest.param(
            [letter(OTHER, **RECORD)] * 3, BUREAU, BUREAU, "no letter is signed",
            id="a record names who handles it",
        ),
        pytest.param(
            [letter(BUREAU, co_handlers=(BUREAU,))] * 3, None, "？", "no page says",
            id="who handles it too",
        ),
        pytest.param(
            [letter("赵小华", addressees=("赵小华",))], None, "？", "no page says",
            id="an addressee",
        ),
        pytest.param(
            [letter(BUREAU), letter(), letter()], None, BUREAU, "of 3 letters 1",
            id="few are signed",
        ),
        pytest.param([letter("  ")], None, "？", "no page says", id="signed by blanks"),
        pytest.param([], None, "？", "no page says", id="no letters"),
    ],
)  # fmt: skip
def test_the_agency_is_who_signs(letters: list, owner: str, chosen: str, doubt: str) -> None:
    found = choose_agency(letters, owner)
    assert found.value == chosen
    assert (found.doubt is None) == (doubt is None)
    assert (doubt or "") in (found.doubt or "")


def test_a_letter_signed_by_who_handles_it_has_no_signer() -> None:
    assert signer_of(letter(OTHER, **RECORD)) is None
    assert signer_of(letter(BUREAU, **RECORD)) == BUREAU


@pytest.mark.parametrize(
    ("names", "titles", "owner"),
    [
        pytest.param([BUREAU], [], BUREAU, id="its tag"),
        pytest.param(["某市人民政府门户网站"], [], "某市人民政府", id="its website"),
        pytest.param(["", "某市教育局网站"], [], "某市教育局", id="the tag of a letter"),
        pytest.param([], [f"提案公开_{BUREAU}"], BUREAU, id="a part of its title"),
        pytest.param([], [f"{BUREAU} - 建议提案"], BUREAU, id="the first part"),
        pytest.param(["首页"], ["提案公开"], None, id="no body"),
        pytest.param([], [], None, id="nothing"),
    ],
)
def test_the_owner_of_a_site_is_a_body_that_its_pages_name(
    names: list[str], titles: list[str], owner: str | None
) -> None:
    assert owner_of(names, titles) == owner
