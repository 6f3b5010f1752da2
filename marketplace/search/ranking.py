"""What stands before what, and why: every weight of the ranking, in one place.

A listing's score is the sum, over the words of the query, of where and how exactly the word stands in it, times its
quality. Scores are only compared with each other: 10 is a word in the name.
"""

from enum import StrEnum


class Field(StrEnum):
    """Where a word stands."""

    NAME = "name"
    CONTEXT = "context"
    ANYWHERE = "text"


# Whatever a listing says counts a little: a description also says what a thing is eaten with and what lies beside it.
# Its shelf and who makes it say what it belongs to; the name says what it is, so that one name outweighs a mention and
# a shelf together. The field of everything has the words of the others too: what they weigh is added to it.
FIELD_WEIGHTS = {Field.ANYWHERE: 2.5, Field.CONTEXT: 3.0, Field.NAME: 9.0}

# How exactly a word was met, as shares of its field's weight: a meaning is what was sought (coban for air terjun), but
# in a name the very word, and of its forms the very form, is it more surely.
MEANING_SHARE, ROOT_SHARE, WORD_SHARE = 0.6, 0.25, 0.15
# A kind of what was sought (mangga for buah): good, but the thing itself (Keranjang Buah Segar) comes first.
BROADER_SHARE = 0.3
# A term of several words (keripik usus) where it stands apart: in addition to the term itself, so that the very words
# come before what only means the same.
PARTS_SHARE = 0.4
# A word whose beginning was typed, and what else a mistyped word may have been: good guesses, no more.
BEGUN_SHARE, OTHER_SHARE = 0.7, 0.4

# In Indonesian the first word says what a thing is: Kopi Dampit is coffee, Permen Kopi is a sweet.
HEAD_WEIGHT = 4.0
# Two words side by side as they were typed: the phrase before the scattered words.
PAIR_WEIGHT = 3.0

# A place that was named is where the thing shall come from, which counts as much as a word in the name and more than
# the place's mention in a name: batik from Tuban before a Batik Tuban that is sold elsewhere.
PLACE_WEIGHTS = {5: 9.0, 8: 9.5, 13: 10.0}
PLACE_MENTIONED = {Field.ANYWHERE: 0.5, Field.CONTEXT: 2.5, Field.NAME: 4.5}
# A village that bears the name of a thing (Kopi, Durian) is hardly ever what was meant.
PLACE_NAMED_LIKE_A_THING = 0.1

# Of two listings that fit alike: the one that can be bought, the one that is known to be there, the one that can be
# seen, the newer one. Together less than what one word in another field makes, so that quality orders equals and never
# replaces what was sought. (The engine damps the factor: of what stands here about a third arrives in the score.)
SOLD_OUT = 0.10
# By how many marks of silence it has passed (60 days, 90): nobody has said whether it is still there, which is less
# certain than sold out and more than a missing photo. At 120 days it is put away.
SILENCE = (0.0, 0.05, 0.08)
NO_PHOTO = 0.03
FRESHNESS = 0.04
# A shop's first weeks count most: after these days half of the freshness that time can give has been given.
DAYS_OF_HALF_FRESHNESS = 1500

# A query with fewer complete answers than this also shows what comes near.
FEW = 10
# So many of those.
NEARLY_SHOWN = 14
# What comes near: a word that few listings have tells them apart, one that many have hardly does.
COMMON_UNIT, RARE_UNIT = 0.5, 0.8
FIRST_UNIT = 1.3
# A fair page: so many of one seller stand among equals before the others have had their turn.
OF_ONE_SELLER = 3
# Only among listings whose score is at least this share of the one that waits for its turn.
EQUALS = 0.8
# The turn is taken within blocks of so many results, so that pages never repeat or lose one.
BLOCK = 48
