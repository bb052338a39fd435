"""All signs of a directory's page that there are more pages or rows than it shows."""

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.signs_of_more.attribute_counts import counts_in_attributes, counts_in_names
from crawler.directory.signs_of_more.bare_buttons import bare_button_signs
from crawler.directory.signs_of_more.bare_numbers import bare_number_signs
from crawler.directory.signs_of_more.buttons import button_signs, dead_end_signs
from crawler.directory.signs_of_more.channel_counts import channel_count_signs
from crawler.directory.signs_of_more.earlier_periods import earlier_period_signs
from crawler.directory.signs_of_more.empty_folds import empty_fold_signs
from crawler.directory.signs_of_more.lone_ends import lone_end_signs
from crawler.directory.signs_of_more.other_parts import (
    empty_element_signs,
    hidden_link_signs,
    other_part_signs,
    server_error_signs,
)
from crawler.directory.signs_of_more.page_numbers import number_signs, word_signs
from crawler.directory.signs_of_more.pager_boxes import PagerBoxes
from crawler.directory.signs_of_more.pager_elements import short_elements
from crawler.directory.signs_of_more.script_counts import counts_in_scripts
from crawler.directory.signs_of_more.script_loading import loading_in_scripts
from crawler.directory.signs_of_more.script_totals import totals_in_scripts
from crawler.directory.signs_of_more.sign import Sign
from crawler.directory.signs_of_more.stated_totals import bar_signs, stated_total_signs


def read_signs(
    tree: LexborHTMLParser, html: str, script: str, around_rows: set[int], base: str
) -> tuple[Sign, ...]:
    """Return what shows how many pages there are, each sign once.

    Read from the page's scripts without their comments and a tree without them. `around_rows`
    are the ids of the elements that hold the directory's rows. `base` is what links are
    relative to.
    """
    short, boxes = list(short_elements(tree, around_rows)), PagerBoxes(around_rows)
    signs = (
        *counts_in_scripts(script),
        *totals_in_scripts(script),
        *loading_in_scripts(script),
        *counts_in_attributes(tree, boxes),
        *counts_in_names(short),
        *word_signs(short),
        *button_signs(short),
        *bare_button_signs(short, boxes),
        *number_signs(short),
        *bare_number_signs(short, boxes),
        *dead_end_signs(short, base),
        *earlier_period_signs(short),
        *channel_count_signs(tree, base),
        *hidden_link_signs(tree),
        *empty_element_signs(tree),
        *empty_fold_signs(tree, boxes),
        *stated_total_signs(short),
        *bar_signs(tree, boxes),
        *lone_end_signs(short, boxes),
        *other_part_signs(tree, html),
        *server_error_signs(tree),
    )
    return tuple(dict.fromkeys(signs))
