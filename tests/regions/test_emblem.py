"""The tenger: always the same for a village, different from its neighbours'."""

import re
from xml.etree import ElementTree

import pytest

from marketplace.regions.emblem import Centre, Dye, Edge, Emblem, Petal, Seed, emblem_of, header_dye

KEDUNGREJO = "35.23.08.2009"
PINNED = Emblem(
    dye=Dye.SOGA,
    petal=Petal.OUTLINE,
    seed=Seed.DASHES,
    centre=Centre.NONE,
    edge=Edge.TICKS,
    is_upright=True,
)


def test_a_village_keeps_its_emblem_for_ever():
    """The choices are pinned: a change would give every village another mark overnight."""
    assert emblem_of(KEDUNGREJO) == PINNED


def test_the_same_code_gives_the_same_drawing():
    first = emblem_of(KEDUNGREJO).full
    emblem_of.cache_clear()

    assert emblem_of(KEDUNGREJO).full == first


@pytest.mark.parametrize("first", [1001, 2001, 2010])
def test_neighbours_in_a_district_differ_in_dye(first):
    dyes = [emblem_of(f"35.23.08.{number}").dye for number in range(first, first + len(Dye))]

    assert sorted(dyes) == sorted(Dye)


def test_districts_do_not_all_begin_with_the_same_dye():
    assert len({emblem_of(f"35.23.{district:02}.2001").dye for district in range(1, 7)}) == len(Dye)


def test_a_kim_may_choose_another_dye_and_keeps_the_figure():
    chosen, given = emblem_of(KEDUNGREJO, Dye.BANG), emblem_of(KEDUNGREJO)

    assert chosen.dye is Dye.BANG
    assert chosen.full == given.full


def test_a_dye_may_come_as_the_text_that_the_database_keeps():
    assert emblem_of(KEDUNGREJO, "ijo").dye is Dye.IJO


def test_a_kecamatan_has_an_emblem_of_its_own():
    district = emblem_of("35.23.08")

    assert isinstance(district, Emblem)
    assert district != emblem_of("35.23.09")


@pytest.mark.parametrize(("dye", "ground"), [(Dye.MORI, Dye.SOGA), (Dye.KUNYIT, Dye.SOGA), (Dye.IJO, Dye.IJO)])
def test_a_header_is_dyed_so_that_light_text_stands_out(dye, ground):
    assert header_dye(KEDUNGREJO, dye) is ground


def test_every_choice_occurs_among_the_villages_of_a_regency():
    emblems = [
        emblem_of(f"35.23.{district:02}.{2000 + number}") for district in range(1, 21) for number in range(1, 18)
    ]

    for choices, name in ((Dye, "dye"), (Petal, "petal"), (Seed, "seed"), (Centre, "centre"), (Edge, "edge")):
        assert {getattr(emblem, name) for emblem in emblems} == set(choices)
    assert {emblem.is_upright for emblem in emblems} == {True, False}


def test_every_drawing_is_well_formed_and_short():
    """Under 2 KB in full and under 0.5 KB on cards, of which a page shows dozens."""
    for petal in Petal:
        for seed in Seed:
            for edge in Edge:
                emblem = Emblem(Dye.SOGA, petal, seed, Centre.RING, edge, is_upright=True)
                for drawing, longest in ((emblem.full, 2000), (emblem.small, 500)):
                    ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
                    assert len(drawing) < longest


def test_the_small_drawing_leaves_out_seeds_and_edges():
    emblem = Emblem(Dye.SOGA, Petal.DOUBLE, Seed.BAR, Centre.NONE, Edge.DOTS, is_upright=False)

    assert re.fullmatch(r'<g><path d="[^"]+"/></g>', emblem.small)
