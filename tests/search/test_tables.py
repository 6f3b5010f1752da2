"""The tables of the language: what a reviewer may rely on without reading all of it."""

import itertools
from collections import Counter

import pytest
import snowballstemmer

from marketplace.regions.services import REFERENCE_FILE
from marketplace.regions.source import read_places
from marketplace.search.language.meanings import roots_of
from marketplace.search.language.roots import MAY_BE_A_FORM, root_of
from marketplace.search.language.spelling import fold, fold_letters
from marketplace.search.language.tables import FOLDER, read_lines, read_lists, read_pairs
from marketplace.search.language.words import split_words

TABLES = sorted(path.stem for path in FOLDER.glob("*.txt"))
# A word of two things, each in a group of its own, is said so in the table.
MOST_MEANINGS = 3


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_plain_lower_case_text(table):
    for line in read_lines(table):
        assert line == line.lower()
        assert "\t" not in line


def test_there_are_more_groups_of_equal_words_than_were_promised():
    assert len(list(read_lists("synonyms"))) >= 250


def test_a_group_has_several_words_and_none_twice():
    for group in read_lists("synonyms"):
        assert len(group) >= 2, group
        assert [term for term, number in Counter(group).items() if number > 1] == []


def test_every_term_has_a_word():
    terms = itertools.chain(*read_lists("synonyms"), *((wide, *narrow) for wide, narrow in read_pairs("broader")))

    assert [term for term in terms if not split_words(term)] == []


def test_a_word_belongs_to_few_groups():
    groups = Counter(roots for group in read_lists("synonyms") for roots in {roots_of(term) for term in group})

    assert [roots for roots, number in groups.items() if number > MOST_MEANINGS] == []


def test_a_broader_word_names_kinds_other_than_itself():
    for wide, narrow in read_pairs("broader"):
        assert narrow, wide
        assert roots_of(wide) not in {roots_of(term) for term in narrow}


def test_words_that_the_stemmer_would_damage_keep_their_shape():
    for word in read_lines("unstemmed"):
        assert root_of(word) == fold(word), word


def test_forms_have_the_root_that_the_table_says():
    for form, roots in read_pairs("stems"):
        assert [root_of(form)] == [fold(root) for root in roots], form


def test_words_that_are_not_given_to_the_stemmer_would_come_back_unchanged():
    words = {word for table in ("synonyms", "broader") for line in read_lines(table) for word in split_words(line)}

    for letters in map(fold_letters, words):
        assert MAY_BE_A_FORM.search(letters) or snowballstemmer.stemmer("indonesian").stemWord(letters) == letters


def test_no_form_is_both_left_alone_and_given_a_root():
    left_alone = {fold(word) for word in read_lines("unstemmed")}

    assert left_alone & {fold(form) for form, _ in read_pairs("stems")} == set()


def test_nicknames_lead_to_places_that_exist():
    codes = {row["code"] for row in read_places(REFERENCE_FILE)}

    for name, named in read_pairs("places"):
        assert named, name
        assert set(named) <= codes, name


def test_fillers_are_single_words():
    assert [word for word in read_lines("fillers") if len(split_words(word)) != 1] == []
