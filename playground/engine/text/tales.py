"""Built-in short stories in English, written by a grammar: the same seed writes the same book.

Each story keeps its names, its thing and its places from beginning to end, so that a model has something to copy:
a name that comes again can only be guessed by looking back. Sentences are from `expand` of templates below.
"""

import random
from functools import cache

from playground.engine.text.grammar import tell_story, with_article, write_book

_MIN_CHARACTERS = 2_200_000

_GIRLS = (
    "Anna Bella Clara Dora Ella Fay Gina Holly Ivy Julia Kate Lily Mia Nora Olive Poppy Rosa Sara Tess Wendy".split()
)
_BOYS = "Adam Ben Carl Dan Eric Finn George Hugo Ian Jack Ken Leo Max Noah Oscar Paul Rob Sam Tom Will".split()
_ANIMALS = "bear cat dog duck fox frog goat hedgehog mouse owl pony rabbit squirrel turtle".split()
_COLOURS = "red blue green yellow white black golden silver purple orange".split()
_SIZES = "big small tiny round shiny old new soft pretty little".split()
_THINGS = (
    "ball kite drum bell boat box cap cup doll flute hat key lamp book ring shell spoon star umbrella whistle".split()
)
_FOODS = "apple cake carrot cherry cookie egg melon orange pancake peach pear pie plum sandwich".split()
_PLACES = {
    "garden": "in", "park": "in", "forest": "in", "kitchen": "in", "barn": "in", "old tower": "in", "school": "at",
    "beach": "at", "river": "by", "lake": "by", "big tree": "under", "bridge": "under", "hill": "on", "market": "at",
    "mill": "at", "meadow": "in",
}  # fmt: skip
_WEATHER = ("sunny", "rainy", "windy", "cold", "warm", "cloudy", "snowy", "quiet")
_TIMES = ("morning", "afternoon", "evening", "day")


# A plot is its beats: templates, in order; one that begins with "?" is left out now and then.
_OPENING = (
    "[once upon a time|one {weather} {time}|long ago], [there was a little {kind} named {hero}|{hero} the {kind} went to "
    "the {place}|there lived {a_kind} called {hero}]."
)

_LOST = (
    _OPENING,
    "{hero} had {a_thing}. [{he} loved the {thing} very much|the {thing} was {his} favorite thing|{he} took the {thing} "
    "everywhere].",
    "one {time}, {hero} [played|ran|danced] with the {thing} {at_place}.",
    "[but when it was time to go home|but after a while|then], the {thing} was gone!",
    "\"[oh no|dear me]! [where is my {thing}?|I cannot find my {thing}!]\" said {hero}. {he} was [very sad|so sad that {he} "
    "cried|worried].",
    "{friend} the {friend_kind} heard {hero} and came [over|to help|running].",
    "\"[do not cry|do not worry], {hero},\" said {friend}. \"[let us look for the {thing} together|I will help you find "
    "the {thing}|we will find it].\"",
    "?{hero} and {friend} looked {at_place}, but the {thing} was not there.",
    "[so|then] they [went|walked|ran] to the {other}. {hero} looked [up and down|left and right|behind every stone], and "
    "{friend} looked [too|everywhere].",
    "[at last|suddenly], {friend} saw something {colour} {at_other}. it was the {thing}!",
    "\"[here it is|look, {hero}],\" said {friend}. \"[I found your {thing}.|is this your {thing}?]\"",
    "{hero} was [so happy|very glad|full of joy]. \"thank you, {friend}! [you are a good friend|you are so kind],\" "
    "said {hero}.",
    "[from that day on|after that], {hero} [always took good care of the {thing}|never lost the {thing} again|let "
    "{friend} play with the {thing}].",
)  # fmt: skip

_GIFT = (
    _OPENING,
    "[today|that {time}] was the birthday of {friend} the {friend_kind}, and {hero} wanted to give {friend} a gift.",
    "{hero} went to the {place} and [looked around|looked for something nice|thought for a long time].",
    "there {he} saw {a_thing}. \"[{friend} will love this {thing}|this {thing} is just right for {friend}],\" {hero} "
    "[said|thought].",
    "?{he} put the {thing} in {a_colour} box [and tied it with a ribbon|and closed it well].",
    "on the way to {friend}, {hero} met {third} the {third_kind} {at_other}.",
    "\"what is in the box, {hero}?\" asked {third}. \"it is a gift for {friend},\" said {hero}. \"[do you want to come "
    "with me?|come with me!]\"",
    "so {hero} and {third} went to {friend} together.",
    "\"happy birthday, {friend}!\" [they said|said {hero} and {third}]. {friend} opened the box and saw the {thing}.",
    "\"[{a_plain_thing}, how lovely|oh, what a nice {thing}]! thank you, {hero},\" said {friend} with a big smile.",
    "then {hero}, {friend} and {third} [ate {food} together|had some {food} and laughed|sang a song and ate {food}].",
    "[it was a very happy day|everyone was happy|it was the best birthday of all].",
)  # fmt: skip

_SHARE = (
    _OPENING,
    "{hero} was [hungry|very hungry]. {he} had {a_food}, and it [smelled|looked] so good.",
    "{he} sat down {at_place} to eat the {food}.",
    "then {friend} the {friend_kind} came by. \"hello, {hero},\" said {friend}. \"[I am so hungry|I have had nothing to "
    "eat today].\"",
    "{hero} looked at the {food}. {he} wanted to eat it all [alone|by {himself}].",
    "?but {friend} looked so [sad|tired|thin].",
    "\"[come and sit with me|sit down], {friend},\" said {hero}. \"[we can share the {food}|you can have half of my "
    "{food}].\"",
    "{hero} cut the {food} in two and gave one half to {friend}. \"thank you, {hero},\" said {friend}.",
    "[they ate the {food} and talked|when the {food} was gone, they were both happy|the {food} was sweet, and they "
    "smiled].",
    "the next day, {hero} had nothing to eat. {he} was sad and sat {at_place}.",
    "[then|soon] {friend} came with {a_other_food}. \"yesterday you shared your {food} with me,\" said {friend}. "
    "\"today I share my {other_food} with you.\"",
    "{hero} [smiled|laughed]. [it is good to share|a friend who shares is a good friend|sharing made them both happy].",
)  # fmt: skip

_STUCK = (
    _OPENING,
    "{hero} and {friend} the {friend_kind} [played|were playing] {at_place} with {a_thing}.",
    "{friend} [threw|kicked|tossed] the {thing} high, and it [flew over a wall|landed on a roof|got stuck in a tall tree].",
    "\"[oh no, the {thing}|my {thing}]!\" [cried|said] {hero}. \"[how can we get it back|what can we do now]?\"",
    "{friend} jumped, but {friend} was too [small|short]. {hero} tried too, but {he} could not reach the {thing}.",
    "?they [sat down|thought hard] and did not know what to do.",
    "then {third} the {third_kind} came from the {other}. \"[why are you so sad|what is wrong]?\" asked {third}.",
    "\"our {thing} is up there, and we cannot reach it,\" said {hero}.",
    "\"[I can help|that is easy for me],\" said {third}. {third} [climbed up|went up] and [pushed|brought] the {thing} "
    "down.",
    "\"hooray! [thank you, {third}|{third} is a hero],\" [cried|said] {hero} and {friend}.",
    "\"do you want to play with us, {third}?\" asked {hero}. \"[yes, I do|yes, please]!\" said {third}.",
    "and so {hero}, {friend} and {third} played with the {thing} until the {end}.",
)  # fmt: skip

_BUILD = (
    _OPENING,
    "{hero} wanted to [make|build] {a_thing}. but {he} did not know how.",
    "{he} went to the {place} and asked {friend} the {friend_kind}. \"can you help me make {a_plain_thing}, {friend}?\"",
    "\"[yes, I can|of course], {hero},\" said {friend}. \"but first we need some [wood|paper|string] from the {other}.\"",
    "so {hero} went to the {other}. {he} [looked for a long time|found it quickly] and came back to {friend}.",
    "they worked [all {time}|hard|slowly and well]. {friend} [held|cut] the parts, and {hero} [painted the {thing} "
    "{colour}|put them together].",
    "?once the {thing} broke, but {hero} did not give up. \"[try again|we can do it],\" said {friend}.",
    "[at last|in the end], the {thing} was ready. it was [{colour} and {size}|very {size}|the best {thing} of all].",
    "{hero} showed the {thing} to {third} the {third_kind}. \"who made this {thing}?\" asked {third}.",
    "\"{friend} and I made it together,\" said {hero}. {he} was very proud.",
    "{third} [clapped|smiled]. \"[you two are so clever|I want to learn it too],\" said {third}.",
)  # fmt: skip

_STORM = (
    _OPENING,
    "it was a [{weather}|dark] {time}, and {hero} was alone {at_place}.",
    "suddenly there was a [loud noise|big storm|strong wind]. {hero} was [afraid|scared].",
    "\"[I want to go home|I am scared],\" said {hero}. but [it was dark|the rain was strong|the way was long].",
    "{hero} saw a small light {at_other}. {he} [ran|walked] to the light.",
    "it was the house of {friend} the {friend_kind}. {friend} opened the door.",
    "\"[come in|please come in], {hero}! [you are all wet|it is warm inside],\" said {friend}.",
    "{friend} gave {hero} {a_food} and {a_thing}. {hero} [ate|enjoyed] the {food} and felt warm again.",
    "?they sat by the fire, and {friend} told a story about {a_third_kind} named {third}.",
    "[soon|after a while], the storm was over, and the [moon|sun] came out.",
    "\"thank you for the {food}, {friend},\" said {hero}. \"[now I am not afraid any more|next time you must visit me].\"",
    "{hero} took the {thing} and went home. {he} was not [afraid|scared] of the storm any more.",
)  # fmt: skip

_SECRET = (
    _OPENING,
    "one {weather} {time}, {hero} found {a_thing} {at_place}. [nobody was there|nobody knew whose it was].",
    "\"[whose {thing} is this|who lost this {thing}]?\" [thought|said] {hero}.",
    "{he} asked {friend} the {friend_kind}. \"is this your {thing}, {friend}?\" \"no, it is not my {thing},\" said "
    "{friend}. \"[ask {third}|maybe it belongs to {third}].\"",
    "?so {hero} said goodbye to {friend} and [walked|ran] to the {other}.",
    "{third} the {third_kind} was {at_other}. {third} looked [very sad|for something in the grass].",
    "\"is this your {thing}, {third}?\" asked {hero}. \"yes! [that is my {thing}|my {thing}]! where was it?\" asked {third}.",
    "\"it was {at_place},\" said {hero}. \"I am glad that it is yours.\"",
    "{third} was so happy that {third} gave {hero} {a_food}.",
    "{hero} shared the {food} with {friend}, and they [laughed|were both happy|told each other stories].",
)  # fmt: skip

_RACE = (
    _OPENING,
    "{hero} could run very [fast|well]. \"[I am the fastest|nobody is as fast as I am],\" {hero} often said.",
    "one {time}, {friend} the {friend_kind} said, \"let us have a race, {hero}. we run from the {place} to the {other}.\"",
    "{hero} laughed. \"[you are too slow|I will win], {friend}!\" But {friend} only smiled.",
    "{third} the {third_kind} counted, \"one, two, three, go!\" and they began to run.",
    "{hero} was far ahead. but {at_place} {he} saw {a_food} and stopped to eat it.",
    "?the {food} was so good that {hero} [fell asleep|wanted one more|forgot the race].",
    "{friend} ran and ran and did not stop. [soon|after a while], {friend} was at the {other}.",
    "\"{friend} is the winner!\" said {third}, and gave {friend} {a_thing}.",
    "{hero} came too late. \"[you were right to keep going|you ran well], {friend},\" said {hero}. \"[next time I will not "
    "stop for the {food}|I will not laugh at you again].\"",
    "{friend} [let {hero} hold the {thing}|smiled at {hero}|showed {hero} the {thing}], and they [stayed good friends|"
    "walked home together].",
)  # fmt: skip

_PLOTS = (_LOST, _GIFT, _SHARE, _STUCK, _BUILD, _STORM, _SECRET, _RACE)


@cache
def tales_en(seed: int) -> str:
    """A book of at least 2 MB of stories, a blank line between them."""
    rng = random.Random(f"tales-en {seed}")
    return write_book(lambda: tell(rng), _MIN_CHARACTERS)


def tell(rng: random.Random) -> str:
    """One story of about a dozen sentences, ended by a newline."""
    plot = rng.choice(_PLOTS)
    return tell_story(plot, _cast(rng), rng, " ")


def _cast(rng: random.Random) -> dict[str, str]:
    """Who and what this story is about; no two share a name."""
    is_girl = rng.random() < 0.5
    hero = rng.choice(_GIRLS if is_girl else _BOYS)
    friend, third = rng.sample([name for name in _GIRLS + _BOYS if name != hero], 2)
    kinds = rng.sample(_ANIMALS, 3)
    place, other = rng.sample(list(_PLACES), 2)
    thing = rng.choice(_THINGS)
    food, other_food = rng.sample(_FOODS, 2)
    colour, size = rng.choice(_COLOURS), rng.choice(_SIZES)
    look = rng.choice((colour, f"{size} {colour}", size))
    kind = rng.choice((kinds[0], "girl" if is_girl else "boy"))
    return {
        "hero": hero, "friend": friend, "third": third,
        "kind": kind, "a_kind": with_article(kind), "friend_kind": kinds[1],
        "third_kind": kinds[2], "a_third_kind": with_article(kinds[2]),
        "he": "she" if is_girl else "he", "his": "her" if is_girl else "his",
        "himself": "herself" if is_girl else "himself",
        "place": place, "at_place": f"{_PLACES[place]} the {place}",
        "other": other, "at_other": f"{_PLACES[other]} the {other}",
        "thing": thing, "a_thing": with_article(f"{look} {thing}"), "a_plain_thing": with_article(thing),
        "colour": colour, "a_colour": with_article(colour), "size": size,
        "food": food, "a_food": with_article(food), "other_food": other_food, "a_other_food": with_article(other_food),
        "weather": rng.choice(_WEATHER), "time": rng.choice(_TIMES),
        "end": rng.choice(("sun went down", "moon came out", "stars came out")),
    }  # fmt: skip
