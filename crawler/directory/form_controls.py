"""The parts of a pager that send a form: links, buttons, choices, and what each one changes."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.form_fields import (
    Fields,
    is_named_page,
    is_page_field,
    kind_of,
    options_of,
    pressed,
)
from crawler.directory.form_parts import FormControl, Part, call_of, part_by, words_of
from crawler.directory.form_script import (
    Assignment,
    PostBack,
    assignments,
    numbers_in,
    post_back_of,
    script_submits,
)
from crawler.directory.page_form import STATE, ServedForm
from crawler.directory.signs_of_more.page_numbers import page_number
from crawler.directory.signs_of_more.pager_elements import is_disabled, leads_nowhere
from crawler.elements import ancestors

_PARTS = "a, button, input, select, [onclick], [data-page]"
_OPTION = re.compile(r"第?(\d{1,5})页?(?:[/／]共?\d+页?)?")
_PRESSED = {"submit", "image"}
_BUTTONS = _PRESSED | {"button"}
_TARGET, _ARGUMENT = "__EVENTTARGET", "__EVENTARGUMENT"
_ARGUED = re.compile(r"(?:Page\$)?(\d{1,6})|Page\$Next|Page\$Last|", re.IGNORECASE)


Sent = tuple[ServedForm, FormControl]


class FormControls:
    """The parts of a page's pagers that send a form, each with that form."""

    def __init__(self, tree: LexborHTMLParser, forms: list[ServedForm], script: str) -> None:
        self._tree = tree
        self._forms = forms
        self._script = script
        self._actions = {form.node.attributes.get("action") or "" for form in forms}
        self._submitted = script_submits(script, self._actions)

    def __iter__(self) -> Iterator[Sent]:
        is_numbered = False
        for node in self._tree.css(_PARTS):
            if node.tag == "select":
                yield from self._choices(node)
            elif (sent := self._part(node)) is not None:
                part = sent[1].part
                is_numbered = is_numbered or part is Part.NUMBER
                if is_numbered or part is not Part.FURTHER:  # dots before the numbers lead back
                    yield sent
        yield from self._set_by_script()

    def _set_by_script(self) -> Iterator[Sent]:
        """Yield the fields that the page's script sets: it may draw the pager itself."""
        for form in self._forms:
            for each in self._submitted:
                field = form.named(each.field)
                if field is not None and is_page_field(field):
                    name = field.attributes.get("name")
                    yield form, FormControl(Part.DRAWN, None, None, (), name)

    def _part(self, node: LexborNode) -> Sent | None:
        """Return what a link or a button sends; None where it is no part of a pager."""
        words = words_of(node)
        part = None if node.tag == "input" and kind_of(node) not in _BUTTONS else part_by(words)
        if part is None or not self._may_act(node):
            return None
        label = page_number(words)
        call = call_of(node)
        if back := post_back_of(call):
            return self._by_post_back(node, back, part, label)
        form = self._owner(node)
        is_pressed = form is not None and kind_of(node) in _PRESSED
        found = assignments(call, self._script, self._actions, is_submit=is_pressed)
        if found is None:
            return None
        if found:
            return self._by_script(found, part, label, pressed(node) if is_pressed else ())
        if form is not None and is_pressed:
            return _by_button(form, node, part, label)
        return self._by_field(node, call, part, label)

    def _may_act(self, node: LexborNode) -> bool:
        """Return whether a part may send a form: no link does, and none of a form that is not."""
        href = (node.attributes.get("href") or "").strip()
        is_link = not (href.lower().startswith("javascript:") or leads_nowhere(href))
        within = any(each.tag == "form" for each in ancestors(node))
        is_refused = within and self._owner(node) is None
        return not (is_link or is_refused or is_disabled(node) or "formaction" in node.attributes)

    def _by_post_back(
        self, node: LexborNode, back: PostBack, part: Part, label: int | None
    ) -> Sent | None:
        """Return what a call of __doPostBack sends; None where it asks for no page.

        The day 2 of a calendar is a number that sends another one.
        """
        argued, form = _ARGUED.fullmatch(back.argument), self._posted_back(node)
        if form is None or argued is None:
            return None
        value = int(argued[1]) if argued[1] else None
        if label and value is not None and value not in {label, label - 1}:
            return None
        if part is Part.FURTHER and value is not None:
            part, label = Part.NUMBER, value
        changed = ((_TARGET, back.target), (_ARGUMENT, back.argument))
        return form, FormControl(part, label, value, changed)

    def _by_script(
        self, found: tuple[Assignment, ...], part: Part, label: int | None, button: Fields
    ) -> Sent | None:
        """Return what a script sends that sets fields; None where none of them is a page's."""
        for form in self._by_name(found):
            named = [(each, form.named(each.field)) for each in found]
            fields = [(each, node) for each, node in named if node is not None]
            pages = [(each, node) for each, node in fields if is_page_field(node)]
            if not pages and len(fields) != 1:
                continue
            page, node = (pages or fields)[-1]
            name = node.attributes.get("name") or ""
            others = tuple(
                (control.attributes.get("name") or "", each.value)
                for each, control in fields
                if control.mem_id != node.mem_id and each.value
            )
            if page.number is None or part is Part.GO:
                return form, FormControl(part, label, None, (*others, *button), name)
            changed = (*others, *button, (name, str(page.number)))
            return form, FormControl(part, label, page.number, changed)
        return None

    def _by_field(self, node: LexborNode, call: str, part: Part, label: int | None) -> Sent | None:
        """Return what a part sends whose script is elsewhere: the page's one form for pages.

        What has no script of its own is a part where the page's script sets that form's field.
        """
        own = self._owner(node)
        forms = [own] if own is not None else self._forms
        fields = [(form, field) for form in forms if (field := form.page_field()) is not None]
        if len(fields) != 1:
            return None
        form, field = fields[0]
        name = field.attributes.get("name") or ""
        numbers = numbers_in(call) or numbers_in(f"({node.attributes.get('data-page') or ''})")
        submitted = (form.named(each.field) for each in self._submitted)
        if not call and not any(each and each.mem_id == field.mem_id for each in submitted):
            return None
        if part is Part.GO or len(numbers) != 1:
            return form, FormControl(part, label, None, (), name)
        if label and numbers[0] not in {label, label - 1}:
            return None
        return form, FormControl(part, label, numbers[0], ((name, str(numbers[0])),))

    def _choices(self, node: LexborNode) -> Iterator[Sent]:
        """Yield what each option sends of a choice that submits its form."""
        options = [(value, _OPTION.fullmatch(words)) for value, words in options_of(node)]
        labels = [int(option[1]) for _, option in options if option]
        call, name = node.attributes.get("onchange") or "", node.attributes.get("name") or ""
        if not call or labels != list(range(1, len(options) + 1)):
            return
        back, form = post_back_of(call), self._owner(node)
        found = () if back else assignments(call, self._script, self._actions)
        if found and (sent := self._by_script(found, Part.GO, None, ())) is not None:
            form, name = sent[0], sent[1].field or ""
        elif found is None or (back is None and not is_page_field(node)):
            return
        posted = ((_TARGET, back.target), (_ARGUMENT, back.argument)) if back else ()
        for label, (value, _) in zip(labels, options, strict=True):
            if form is not None and name and value.isdecimal():
                changed = (*posted, (name, value))
                yield form, FormControl(Part.NUMBER, label, int(value), changed)

    def _owner(self, node: LexborNode) -> ServedForm | None:
        """Return the form in which a part is, or whose button it is."""
        around = {each.mem_id for each in (node, *ancestors(node))}
        for form in self._forms:
            if form.node.mem_id in around or any(c.mem_id in around for c in form.controls):
                return form
        return None

    def _posted_back(self, node: LexborNode) -> ServedForm | None:
        """Return the form that __doPostBack sends: the one around, or the one with its fields."""
        if (own := self._owner(node)) is not None:
            return own
        stated = (each for each in self._forms if each.named(_TARGET) or each.named(STATE))
        return next(stated, None)

    def _by_name(self, found: tuple[Assignment, ...]) -> list[ServedForm]:
        """Return the forms, first the one that the script names."""
        named = {each.form for each in found}
        return sorted(
            self._forms,
            key=lambda form: named.isdisjoint(
                {form.node.attributes.get("name"), form.node.attributes.get("id")} - {None}
            ),
        )


def _by_button(form: ServedForm, node: LexborNode, part: Part, label: int | None) -> Sent | None:
    """Return what a button sends that submits its form; a number without a name sends nothing."""
    sent = pressed(node)
    if part is Part.GO:
        boxes = [
            each for each in form.controls if is_page_field(each) and kind_of(each) != "hidden"
        ]
        name = boxes[0].attributes.get("name") if len(boxes) == 1 else None
        return (form, FormControl(part, None, None, sent, name)) if name else None
    if part is Part.NUMBER and not sent:
        return None
    value = node.attributes.get("value") or ""
    is_number = is_named_page(node) and value.isdecimal()
    return form, FormControl(part, label, int(value) if is_number else None, sent)
