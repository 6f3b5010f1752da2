"""How people write, and that documents and queries are read alike."""

import pytest

from marketplace.search.language.meanings import Meanings, meanings, roots_of
from marketplace.search.language.roots import root_of
from marketplace.search.language.spelling import fold
from marketplace.search.language.tokens import tokens_of, tokens_of_name
from marketplace.search.language.words import split_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Keripik TEMPE, renyah!", ["keripik", "tempe", "renyah"]),
        ("oleh-oleh", ["oleh"]),
        ("oleh2 khas", ["oleh", "khas"]),
        ("kue2an", ["kue"]),
        ("onde - onde", ["onde"]),
        ("250gr", ["250", "gr"]),
        ("Rp1.150.000", ["rp", "1150000"]),
        ("jhuko' kerreng", ["jhuko", "kerreng"]),
        ("café Ñusantara", ["cafe", "nusantara"]),
        ("🥥 kelapa\x00muda ‮", ["kelapa", "muda"]),
        ("", []),
        ("!!! ???", []),
    ],
)
def test_a_text_is_cut_into_words_as_people_mean_them(typed, words):
    assert split_words(typed) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kripik", "keripik"),
        ("krupuk", "kerupuk"),
        ("bras", "beras"),
        ("coklat", "cokelat"),
        ("tjoban", "coban"),
        ("djamoe", "jamu"),
        ("soerabaia", "surabaia"),
        ("njonja", "nyonya"),
        ("bathik", "batik"),
        ("thiwul", "tiwul"),
        ("dhawet", "dawet"),
        ("bhuja", "buja"),
        ("panili", "vanili"),
        ("poto", "foto"),
        ("ijin", "izin"),
        ("cabe", "cabai"),
        ("itam", "hitam"),
        ("tannaman", "tanaman"),
        ("sholat", "solat"),
    ],
)
def test_spellings_that_are_heard_alike_are_one(typed, meant):
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize("other", ["batok", "bakti", "betik", "bakik"])
def test_words_that_are_heard_differently_stay_apart(other):
    assert fold("batik") != fold(other)


@pytest.mark.parametrize(
    "forms",
    [
        ("rajut", "rajutan", "merajut", "dirajut"),
        ("tani", "petani", "bertani", "pertanian"),
        ("anyam", "anyaman", "menganyam", "dianyam"),
        ("ternak", "peternakan", "beternak", "peternak"),
        ("keripik", "kripik", "keripiknya"),
    ],
)
def test_the_forms_of_a_word_share_a_root(forms):
    assert len({root_of(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kelapa", "lapar"),
        ("kemeja", "meja"),
        ("keranjang", "ranjang"),
        ("kepala", "pala"),
        ("tembakau", "bakau"),
        ("kerupuk", "rupa"),
        ("kemiri", "miri"),
    ],
)
def test_things_that_only_look_like_forms_of_each_other_stay_apart(one, other):
    assert root_of(one) != root_of(other)


@pytest.mark.parametrize("number", ["1150", "10000", "777"])
def test_a_number_is_its_own_root_and_spelling(number):
    assert root_of(number) == fold(number) == number


def test_a_doubled_word_written_as_one_is_the_word():
    assert root_of("ondeonde") == root_of("onde")


@pytest.mark.parametrize(
    "words",
    [
        ("camilan", "snack", "kudapan"),
        ("air terjun", "coban", "grojogan", "waterfall", "airterjun"),
        ("bambu", "pring"),
        ("pantai", "beach"),
        ("madu", "honey"),
    ],
)
def test_words_for_the_same_thing_share_a_meaning(words):
    groups = [set(meanings().at(roots_of(word), 0).groups) for word in words]

    assert set.intersection(*groups)


def test_a_broader_word_finds_the_kinds_but_no_kind_finds_the_broader_word():
    known = Meanings(iter([["buah", "fruit"]]), iter([("buah", ["mangga", "jeruk bali"])]))
    (fruit,) = known.at(roots_of("fruit"), 0).groups

    assert known.at(roots_of("mangga"), 0).broader == (fruit,)
    assert known.at(roots_of("jeruk bali"), 0).broader == (fruit,)
    assert known.at(roots_of("buah"), 0).broader == ()


def test_the_longest_term_is_taken():
    known = Meanings(iter([["air"], ["air terjun", "coban"]]), iter([]))

    assert known.at(roots_of("air terjun madakaripura"), 0).length == 2
    assert known.at(roots_of("air minum"), 0).length == 1


def test_a_text_is_kept_by_its_words_their_roots_and_their_meanings():
    tokens = set(tokens_of("Merajut tas").split())

    assert {"merajut", "~rajut", "tas", "~tas"} <= tokens
    assert {f"#{group}" for group in meanings().at(roots_of("tas"), 0).groups} <= tokens


def test_a_name_is_kept_by_its_beginning_and_its_neighbours_too():
    _, head, pairs = tokens_of_name("Kripik Tempe Sanan")

    assert "kripik" in head.split()
    assert "tempe" not in head.split()
    assert pairs.split() == [fold("keripik") + fold("tempe"), fold("tempe") + fold("sanan")]


def test_a_name_without_a_word_has_no_tokens():
    assert tokens_of_name("🥥") == ("", "", "")
