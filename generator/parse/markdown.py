"""The Markdown that authors write: CommonMark with the extensions of format.md, as one visible list of rules."""

from __future__ import annotations

import functools

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from generator.model import Value
from generator.parse.syntax.empty_headers import empty_headers_rule
from generator.parse.syntax.first_character import use_first_characters
from generator.parse.syntax.heading_ids import heading_attributes_rule
from generator.parse.syntax.light_token import block_rule
from generator.parse.syntax.plain_lines import inline_rule, normalize_link, normalize_rule, plain_paragraph_rule
from generator.parse.syntax.plain_table import plain_table_rule
from generator.parse.syntax.positions import use_positions
from generator.parse.syntax.references import references_rule
from generator.parse.syntax.smart_quotes import smart_quotes_rule
from generator.parse.syntax.task_lists import task_lists_rule
from generator.parse.syntax.where_needed import use_where_needed

MAX_NESTING = 40
"""Blocks within blocks; markdown-it's own default of 20 cuts off lists that people do write."""


class SyntaxOptions(Value, frozen=True):
    """The settings of the site that decide how a file parses; part of a document's key."""

    language: str = "en"
    """Of files without a `lang` of their own."""
    raw_html: bool = False


@functools.lru_cache(maxsize=64)
def markdown_parser(language: str, raw_html: bool) -> MarkdownIt:
    """Return the parser for texts in a language; it keeps no state between texts."""
    md = MarkdownIt("commonmark", {"html": raw_html, "maxNesting": MAX_NESTING})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    md.use(deflist_plugin)
    md.use(container_plugin, "box", validate=lambda params, markup: bool(params.strip()))
    md.use(attrs_block_plugin)
    md.use(attrs_plugin, spans=True)
    use_positions(md)
    md.inline.ruler.after("link", "references", references_rule)
    md.core.ruler.before("inline", "heading_attributes", heading_attributes_rule)
    md.core.ruler.after("block", "empty_headers", empty_headers_rule)
    md.core.ruler.after("inline", "task_lists", task_lists_rule)
    md.core.ruler.before("text_join", "smart_quotes", smart_quotes_rule(language))
    md.block.ruler.before("table", "plain_paragraph", plain_paragraph_rule)
    md.block.ruler.before("table", "plain_table", plain_table_rule)
    md.core.ruler.at("normalize", normalize_rule)
    md.core.ruler.at("block", block_rule)
    md.core.ruler.at("inline", inline_rule)
    md.normalizeLink = normalize_link  # type: ignore[method-assign]
    md.validateLink = lambda url: True  # type: ignore[method-assign] # flatten.py says which are wrong, and where
    use_first_characters(md)
    use_where_needed(md)
    return md
