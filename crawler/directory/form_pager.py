"""A pager that posts a form: which of its parts lead to which page, and what each one sends."""

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from crawler.directory.form_controls import FormControls
from crawler.directory.form_fields import Fields
from crawler.directory.form_parts import FormControl, Part
from crawler.directory.page_form import PageForm, ServedForm, served_forms

_ONWARD = (Part.NEXT, Part.FURTHER)


@dataclass(frozen=True, slots=True)
class FormPager:
    """How a page asks for the others by a form. Pages are counted from 1."""

    form: PageForm
    controls: tuple[FormControl, ...]
    field: str | None  # of the form, which takes the number of any page
    current: int | None  # the number in that field as it was served

    @property
    def shift(self) -> int:
        """Return 1 where the numbers that are sent are from nought, else 0.

        Asked of the first page, whose pager leads on to the second.
        """
        numbers = [each for each in self.controls if each.label and each.value is not None]
        if numbers:
            return int(all(each.value == (each.label or 0) - 1 for each in numbers))
        onward = {each.value for each in self.controls if each.part is Part.NEXT} - {None}
        return int(1 in onward and self.current != 1) if onward else int(self.current == 0)

    @property
    def leads_on(self) -> bool:
        """Return whether a part of it leads from the first page to the second."""
        return self.onward(2, self.shift, is_next=True) is not None

    def largest(self, shift: int) -> int:
        """Return the largest number of a page that it shows, or to which 尾页 leads."""
        labels = (each.label or 0 for each in self.controls)
        return max(self.last(shift) or 0, *labels, 0)

    def last(self, shift: int) -> int | None:
        """Return the number of the page to which 尾页 leads; None where it does not say."""
        ends = (each.value for each in self.controls if each.part is Part.LAST)
        return max((end + shift for end in ends if end is not None), default=None)

    def onward(self, number: int, shift: int, *, is_next: bool) -> Fields | None:
        """Return what to change for page `number` by what leads there; None where nothing does.

        `shift` is that of the first page. 下一页 leads there where page `number` `is_next` to the
        one that this pager is of, and so do the dots behind its numbers.
        """
        numbers = [each for each in self.controls if each.label == number]
        parts = {part: [each for each in self.controls if each.part is part] for part in _ONWARD}
        nexts = [each for each in parts[Part.NEXT] if each.value in {None, number - shift}]
        leading = [*numbers, *((*nexts, *parts[Part.FURTHER]) if is_next else ())]
        if not leading:
            return None
        first = leading[0]
        return (*first.changed, *(((first.field, str(number - shift)),) if first.field else ()))

    def numbered(self, number: int, shift: int) -> Fields | None:
        """Return what to change for page `number`; None where no field takes any number."""
        go = next((each.changed for each in self.controls if each.part is Part.GO), ())
        return (*go, (self.field, str(number - shift))) if self.field else None

    @property
    def has_box(self) -> bool:
        """Return whether a reader may jump to a page by its number."""
        return any(each.part is Part.GO for each in self.controls) and self.field is not None


def read_form_pager(
    tree: LexborHTMLParser, script: str, base: str, page_url: str
) -> FormPager | None:
    """Return by which form a page leads on; of several by the one that has most of the pager.

    None where none does. Links are relative to `base`; `script` is what the page's scripts say.
    """
    forms = {form.key: form for form in served_forms(tree, base, page_url)}
    parts: dict[int, list[FormControl]] = {}
    for form, control in FormControls(tree, list(forms.values()), script) if forms else ():
        parts.setdefault(form.key, []).append(control)
    if not parts:
        return None
    chosen = max(parts, key=lambda key: len(parts[key]))
    return _pager(forms[chosen], tuple(dict.fromkeys(parts[chosen])))


def _pager(form: ServedForm, controls: Sequence[FormControl]) -> FormPager:
    named = next((each.field for each in controls if each.field), None)
    own = form.named(named) if named else form.page_field()
    given = own.attributes if own is not None else {}
    value = (given.get("value") or "").strip()
    return FormPager(
        form=form.sent,
        controls=tuple(controls),
        field=given.get("name"),
        current=int(value) if value.isdecimal() else None,
    )
