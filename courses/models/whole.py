"""Is what an editor wrote finished? A draft need not be; what is published is.

The form shows each fault at its block. Whoever publishes many pages, approves one or
gave one a time sees no form, and reads here at which block something is missing.
"""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import Block, StructBlock
from wagtail.fields import StreamField

from courses.checks.findings import Finding


class Whole:
    """A page that is published only with every block finished."""

    is_draft: bool | None = None  # None: no form has asked its blocks

    def clean(self):
        super().clean()
        if self.live and self.is_draft is None and (found := self.findings()):
            by_field: dict[str, list[str]] = {}
            for one in found:
                by_field.setdefault(one.field, []).append(one.sentence)
            raise ValidationError(by_field)

    def findings(self) -> list[Finding]:
        """Return what is missing at which block; empty when nothing is."""
        found = []
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                value = getattr(self, field.name)
                try:
                    field.stream_block.clean(value)
                except ValidationError as error:
                    found += _findings(error, value, field.name)
        return found


def _findings(error: ValidationError, value, field: str) -> Iterator[Finding]:
    for place, fault in error.block_errors.items():
        for what in _messages(fault, value[place].block):
            sentence = _("Block %(place)d (%(kind)s): %(what)s") % {
                "place": place + 1,
                "kind": value[place].block.label,
                "what": what,
            }
            yield Finding(sentence, field, value[place].id or "")
    for sentence in map(str, error.non_block_errors):
        yield Finding(sentence, field)


def _messages(error: ValidationError, block: Block) -> Iterator[str]:
    """Yield what is wrong in a block and in the blocks inside it, by their names."""
    if not hasattr(error, "block_errors"):
        # Whatever is too long is whole, and was kept before there was a limit.
        whole = [one for one in error.error_list if one.code != "max_length"]
        yield from ValidationError(whole).messages
        return
    for key, fault in error.block_errors.items():
        if isinstance(block, StructBlock):
            child = block.child_blocks[key]
            yield from (f"{child.label}: {what}" for what in _messages(fault, child))
        else:  # a list: its entries are alike, and told by what is wrong in them
            yield from _messages(fault, block.child_block)
    yield from map(str, error.non_block_errors or [])
