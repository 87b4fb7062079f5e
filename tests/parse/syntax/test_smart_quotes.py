"""Smart quotes: sentences of many languages, hostile input, and that nothing but quotes changes."""

from __future__ import annotations

import re
import sys
from types import FrameType
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.parse.syntax import smart_quotes as module
from generator.parse.syntax.quotation_marks import BY_LANGUAGE, quotation_marks
from generator.parse.syntax.smart_quotes import smart_quotes, smart_quotes_rule


class TraceFunction(Protocol):
    def __call__(self, frame: FrameType, event: str, argument: object, /) -> TraceFunction | None: ...


def render(source: str, language: str = "en") -> str:
    md = MarkdownIt("commonmark", {"html": True})
    md.core.ruler.before("text_join", "smart_quotes", smart_quotes_rule(language))
    return str(md.renderInline(source))


N = "\u202f"

SENTENCES = [
    ("en", '"It\'s done," she said.', "“It’s done,” she said."),
    ("en", "'No,' he said, \"not 'yet'.\"", "‘No,’ he said, “not ‘yet’.”"),
    ("en-GB", '"He told me: "Wait.""', "“He told me: ‘Wait.’”"),
    ("lt", 'Jis pasakė: "Ateik į "Žalgirio" areną."', "Jis pasakė: „Ateik į ‚Žalgirio‘ areną.“"),
    ("de", "\"Er sagte 'Nein'\", so Hans' Bruder.", "„Er sagte ‚Nein‘“, so Hans’ Bruder."),
    ("de-AT", 'Das "Neue Wiener Tagblatt".', "Das „Neue Wiener Tagblatt“."),
    ("de-CH", 'Die "NZZ" schreibt.', "Die «NZZ» schreibt."),
    ("fr", '"L\'OTAN", dit l\'"Humanité".', f"«{N}L’OTAN{N}», dit l’«{N}Humanité{N}»."),
    ("fr", '"Il a dit "non" hier."', f"«{N}Il a dit “non” hier.{N}»"),
    ("fr", '"\u00a0Bonjour\u00a0"', "«\u00a0Bonjour\u00a0»"),
    ("ru", 'Газета "Правда" и "роман "Война и мир"".', "Газета «Правда» и «роман „Война и мир“»."),
    ("uk", '"Зв\'язок" з НАТО.', "«Зв’язок» з НАТО."),
    ("be", '"Звязда" піша.', "«Звязда» піша."),
    ("pl", '"Czytam "Lalkę" Prusa."', "„Czytam «Lalkę» Prusa.”"),
    ("cs", '"Ano," řekl.', "„Ano,“ řekl."),
    ("sk", "\"Slovo 'áno'.\"", "„Slovo ‚áno‘.“"),
    ("es", '"La novela "Rayuela" es larga", dijo.', "«La novela “Rayuela” es larga», dijo."),
    ("it", "L'articolo dell'\"Unità\".", "L’articolo dell’«Unità»."),
    ("pt", '"Sim", disse.', "«Sim», disse."),
    ("pt-BR", '"Sim", disse.', "“Sim”, disse."),
    ("nl", "'s Morgens zei ze \"goed zo\" in 't Gooi.", "’s Morgens zei ze “goed zo” in ’t Gooi."),
    ("sv", '"Ja", sa hon.', "”Ja”, sa hon."),
    ("fi", "\"Sana 'kyllä'\", hän sanoi.", "”Sana ’kyllä’”, hän sanoi."),
    ("nb", '"Ja", sa hun.', "«Ja», sa hun."),
    ("da", '"Ja", sagde hun.', "”Ja”, sagde hun."),
    ("hu", '"A "Nemzet" lap."', "„A »Nemzet« lap.”"),
    ("ro", '"Ziarul "Adevărul"."', "„Ziarul «Adevărul».”"),
    ("bg", 'Вестник "Труд".', "Вестник „Труд“."),
    ("el", 'Η "Καθημερινή".', "Η «Καθημερινή»."),
    ("lv", 'Avīze "Diena".', "Avīze „Diena”."),
    ("et", 'Ajaleht "Postimees".', "Ajaleht „Postimees“."),
    ("tr", '"NATO"ya üye.', "“NATO”ya üye."),
    ("ar", 'قال و"الناتو" هنا', "قال و”الناتو“ هنا"),
    ("he", 'ב"הארץ" נכתב', "ב”הארץ” נכתב"),
    ("he", 'צה"ל', 'צה"ל'),
    ("fa", '"ناتو" گفت', "«ناتو» گفت"),
    ("hi", '"नाटो" ने कहा', "“नाटो” ने कहा"),
    ("zh", '他说:"你好。"然后"走"了。', "他说:“你好。”然后“走”了。"),
    ("zh-Hant-TW", '他說"你好"。', "他說「你好」。"),
    ("ja", "彼は\"これは'本'だ\"と言った。", "彼は「これは『本』だ」と言った。"),
    ("ko", '"나토"는 "동맹"이다.', "“나토”는 “동맹”이다."),
    ("xx", '"yes"', "“yes”"),
]

APOSTROPHES = [
    ("don't, it's", "don’t, it’s"),
    ("the '90s and the class of '68", "the ’90s and the class of ’68"),
    ("the '90s boys' bands", "the ’90s boys’ bands"),
    ("the decade '90s' is 'good'", "the decade ‘90s’ is ‘good’"),
    ("rock 'n' roll, rock'n'roll", "rock ’n’ roll, rock’n’roll"),
    ("'Go get 'em,' she said", "‘Go get ’em,’ she said"),
    ("'Twas the boys' idea", "’Twas the boys’ idea"),
    ("(NATO)'s and Yahoo!'s 'allies'", "(NATO)’s and Yahoo!’s ‘allies’"),
    ("\"Pravda\"'s 'line'", "“Pravda”’s ‘line’"),
    ("\"the boys' club\" of '68", "“the boys’ club” of ’68"),
    ("a ' b", "a ' b"),
    ("", ""),
    ("'", "'"),
    ('"', '"'),
    ("\"\" and ''", "“” and ‘’"),
]

MEASURES = [
    ("5'10\" tall", "5'10\" tall"),
    ("54°41'20\"N, 25°16'E", "54°41'20\"N, 25°16'E"),
    ('a 3.5" disk', 'a 3.5" disk'),
    ('"a 3.5" disk" is old', '“a 3.5" disk” is old'),
    ('"Apollo 11" flew', "“Apollo 11” flew"),
    ("6' deep", "6' deep"),
    ('"He is 5\'10"."', "“He is 5'10\".”"),
]

UNPAIRED = [
    ('"The first paragraph.', "“The first paragraph."),
    ('The last paragraph."', "The last paragraph.”"),
    ('a " b', 'a " b'),
    ('a"b', 'a"b'),
    ("'foo \"bar' baz", "‘foo “bar’ baz"),
    ("\"foo 'bar\" baz'", "“foo ’bar” baz’"),
    ('("...foo")', "(“...foo”)"),
    ('word-"quoted"-word', "word-“quoted”-word"),
    ('"What?"-"Nothing!"', "“What?”-“Nothing!”"),
]

MARKDOWN = [
    ('"*Foo* bar"', "“<em>Foo</em> bar”"),
    ('**"Bold** on"', "<strong>“Bold</strong> on”"),
    ('"[NATO](x)\'s"', '“<a href="x">NATO</a>’s”'),
    ("**NATO**'s", "<strong>NATO</strong>’s"),
    ('`"c"`\'s "`x`"', "<code>&quot;c&quot;</code>’s “<code>x</code>”"),
    ('\\"foo\\" "bar"', "&quot;foo&quot; “bar”"),
    ("&quot;foo&quot; don\\'t", "&quot;foo&quot; don't"),
    ("<http://a'b'c> 'x'", "<a href=\"http://a'b'c\">http://a'b'c</a> ‘x’"),
    ('<b title="t">"x"</b>', '<b title="t">“x”</b>'),
    ('"a"<br>"b"', "“a”<br>“b”"),
    ('"a\nb" "c"', "“a\nb” “c”"),
    ('![a "b"](c)', '<img src="c" alt="a “b”" />'),
    ('(c) -- ... "x"', "(c) -- ... “x”"),
]


@pytest.mark.parametrize(("language", "source", "expected"), SENTENCES)
def test_sentences(language: str, source: str, expected: str) -> None:
    assert smart_quotes(source, language) == expected


@pytest.mark.parametrize(("source", "expected"), APOSTROPHES + MEASURES + UNPAIRED)
def test_english(source: str, expected: str) -> None:
    assert smart_quotes(source, "en") == expected


@pytest.mark.parametrize(("source", "expected"), MARKDOWN)
def test_across_inline_tokens(source: str, expected: str) -> None:
    assert render(source) == expected


def test_fences_and_blocks_are_apart() -> None:
    md = MarkdownIt("commonmark")
    md.core.ruler.before("text_join", "smart_quotes", smart_quotes_rule("en"))
    assert md.render('```\n"x"\n```\n\n"a\n\n- b"\n') == (
        "<pre><code>&quot;x&quot;\n</code></pre>\n<p>“a</p>\n<ul>\n<li>b”</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    ("language", "known"),
    [("pt-Latn-BR", "pt-br"), ("pt_BR", "pt-br"), ("zh-Hant-HK", "zh-hk"), ("DE-de", "de"), ("", "en"), ("tlh", "en")],
)
def test_language_tags(language: str, known: str) -> None:
    assert quotation_marks(language) == BY_LANGUAGE[known]


# --- nothing but quotes changes, in linear time ------------------------------------------------------------------

MARKS = re.escape("".join(sorted({mark.strip() for pair in BY_LANGUAGE.values() for marks in pair for mark in marks})))
ALPHABET = ["'", '"', "'", '"', " ", "a", "B", "9", "90s", "n", "(", ")", ".", "!", "-", "你", "°", "\n", "é", N]
TEXTS = st.lists(st.sampled_from(ALPHABET)).map("".join)


def folded(text: str) -> str:
    return re.sub(rf"[\"'{MARKS}]", '"', text).replace(N, "")


@given(TEXTS | st.text(), st.sampled_from(sorted(BY_LANGUAGE)))
def test_changes_quotes_only(text: str, language: str) -> None:
    result = smart_quotes(text, language)
    assert folded(result) == folded(text)
    if language != "fr":
        assert len(result) == len(text)


@given(TEXTS, st.sampled_from(["en", "fr", "pl", "ja"]))
def test_pairs_nest(text: str, language: str) -> None:
    quotes = list(module._quotes(text))
    pairs = module._pair_doubles([quote for quote in quotes if not quote.single])
    module._pair_singles(text, quotes, pairs, set())
    opened: list[int] = []
    for at in sorted(pairs):
        assert pairs[pairs[at]] == at
        assert text[pairs[at]] == text[at]
        if pairs[at] > at:
            opened.append(at)
        else:
            assert opened.pop() == pairs[at]
    assert not opened


@given(st.lists(st.sampled_from(['"', "'", " ", "a", "*", "_", "`", "[x](y)", "\\", "<b>", "\n", "<http://a'b>"])))
def test_tokens_keep_their_text(parts: list[str]) -> None:
    source = "".join(parts)
    assert folded(render(source).replace("&quot;", '"')) == folded(
        MarkdownIt("commonmark", {"html": True}).renderInline(source).replace("&quot;", '"')
    )


HOSTILE = ['"', "'", ' "', " '", '" ', "' ", '"a', "'a ", "\"'", "\"a' ", ' "a 3"', 'a"b', '("', "'90s", "5'1\"", "°1'"]


def steps(source: str) -> int:
    """Return how many lines of the module run for a paragraph; no line of it reads more than a few characters."""
    ran = 0

    def count(frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        nonlocal ran
        if frame.f_code.co_filename != module.__file__:
            return None
        ran += event == "line"
        return count

    tokens = [Token("text", "", 0, content=source)]
    marks, elisions = quotation_marks("fr"), module.elisions_of("en")
    before = sys.gettrace()
    sys.settrace(count)
    try:
        module._set_quotes(tokens, marks, elisions)
    finally:
        sys.settrace(before)
    return ran


@pytest.mark.parametrize("part", HOSTILE)
def test_four_times_the_text_takes_four_times_the_steps(part: str) -> None:
    few = steps(part * 300)
    assert few > 1000
    assert steps(part * 1200) <= 4.1 * few
