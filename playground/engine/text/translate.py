"""English sentences and their Japanese translations, both told from one meaning, so that a pair is always right.

The two languages put nearly everything the other way round: the verb ends a Japanese sentence, particles follow
their words where prepositions precede them, time and place come before the object, a relative clause before its
noun, and a reason before what it is the reason of. That is what a cross-attention head has to turn around.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from playground.engine.text.translate_words import (
    ADJECTIVES,
    ALONE,
    ANIMALS,
    GIFTS,
    GIVING,
    GOALS,
    GOING,
    HABITS,
    NAMES,
    PAST_TIMES,
    PEOPLE,
    WITH_OBJECT,
    Action,
    Noun,
)  # fmt: skip

N_PAIRS = 30_000
MOST_WORDS = 14  # of an English sentence

_MAY_RECUR = frozenset(("the", "that", "who", "to", "with", "in", "at", "by", "on", "did", "not", "had"))


@dataclass(frozen=True)
class _Said:
    """A phrase in both languages."""

    english: str = ""
    japanese: str = ""


@cache
def translate_pairs(seed: int) -> list[tuple[str, str]]:
    """Different pairs of an English sentence and its one translation, in random order; the same for the same seed."""
    rng = random.Random(f"translate {seed}")
    pairs: dict[str, str] = {}
    while len(pairs) < N_PAIRS:
        said = _sentence(rng)
        if _is_plain(said.english):
            english = f"{said.english[0].upper()}{said.english[1:]}."
            pairs.setdefault(english, f"{said.japanese}。")
    return list(pairs.items())


@cache
def translate_text(seed: int) -> str:
    """The pairs as lines: English, tab, Japanese."""
    return "".join(f"{english}\t{japanese}\n" for english, japanese in translate_pairs(seed))


def _is_plain(english: str) -> bool:
    """Short enough, and no word that carries meaning comes twice: nobody meets himself or opens what is opened."""
    words = english.split()
    return len(words) <= MOST_WORDS and all(n == 1 or word in _MAY_RECUR for word, n in Counter(words).items())


def _sentence(rng: random.Random) -> _Said:
    kind = rng.random()
    if kind < 0.52:
        return _main_clause(rng)
    if kind < 0.66:
        return _with_described_object(rng)
    if kind < 0.75:
        return _with_described_subject(rng)
    return _with_reason(rng) if kind < 0.89 else _with_moment(rng)


def _main_clause(rng: random.Random) -> _Said:
    """Someone does something, somewhere, with someone, at some time: `X は 時 場所で 人と 物を する`."""
    noun = _someone(rng)
    who, is_habit, is_denied = _described(rng, noun, 0.25), rng.random() < 0.3, rng.random() < 0.18
    time = _time(rng, is_habit, is_denied)
    doing = _doing(rng, noun in ANIMALS, is_habit, is_denied)
    return _Said(_spaced(who.english, doing.english, time.english), f"{who.japanese}は{time.japanese}{doing.japanese}")


def _with_described_object(rng: random.Random) -> _Said:
    """`Mia read the book that Ken bought`: ミアはケンが買った本を読んだ."""
    action = rng.choice([each for each in WITH_OBJECT if not each.is_making])
    noun = rng.choice([each for each in action.objects if not each.is_name])
    inner = rng.choice([each for each in WITH_OBJECT if noun in each.objects and not each.is_using_up])
    who, other, what = _described(rng, _actor(rng, action), 0.2), _actor(rng, inner), _described(rng, noun, 0.35)
    named = _described(rng, other, 0.0)
    return _Said(
        f"{who.english} {action.verb.past} {what.english} that {named.english} {inner.verb.past}",
        f"{who.japanese}は{named.japanese}が{inner.verb.ja_past}{what.japanese}{action.particle}{action.verb.ja_past}",
    )


def _with_described_subject(rng: random.Random) -> _Said:
    """`The boy who lost the key cried`: 鍵をなくした男の子は泣いた."""
    noun = rng.choice([each for each in (*PEOPLE, *ANIMALS) if each not in NAMES])
    inner = _acted(rng, rng.choice(_possible(WITH_OBJECT, noun)), is_denied=rng.random() < 0.15)
    who, main = _described(rng, noun, 0.25), _simply_done(rng, noun)
    pronoun = "who" if noun in PEOPLE else "that"
    return _Said(
        f"{who.english} {pronoun} {inner.english} {main.english}", f"{inner.japanese}{who.japanese}は{main.japanese}"
    )


def _with_reason(rng: random.Random) -> _Said:
    """`Tom laughed because the dog ate the bread`: 犬がパンを食べたから、トムは笑った.

    Only the reason may be denied: `Tom did not laugh because ...` could mean two things.
    """
    main, reason = _short(rng, "は", may_deny=False), _short(rng, "が", may_deny=True)
    return _Said(f"{main.english} because {reason.english}", f"{reason.japanese}から、{main.japanese}")


def _with_moment(rng: random.Random) -> _Said:
    """`The cat slept when Mia sang`: ミアが歌ったとき、猫は眠った."""
    main, moment = _short(rng, "は", may_deny=True), _short(rng, "が", may_deny=False)
    return _Said(f"{main.english} when {moment.english}", f"{moment.japanese}とき、{main.japanese}")


def _short(rng: random.Random, particle: str, *, may_deny: bool) -> _Said:
    """A clause without time and place, in the past."""
    noun = _someone(rng)
    who, done = _described(rng, noun, 0.2), _simply_done(rng, noun, is_denied=may_deny and rng.random() < 0.25)
    return _Said(f"{who.english} {done.english}", f"{who.japanese}{particle}{done.japanese}")


def _simply_done(rng: random.Random, noun: Noun, *, is_denied: bool = False) -> _Said:
    actions = ALONE if rng.random() < 0.45 else WITH_OBJECT
    return _acted(rng, rng.choice(_possible(actions, noun)), is_denied=is_denied)


def _doing(rng: random.Random, is_animal: bool, is_habit: bool, is_denied: bool) -> _Said:
    """All that follows the subject but the time: English in the order of a verb phrase, Japanese with the verb last."""
    kind = rng.random()
    actions = ALONE if kind < 0.25 else GOING if kind < 0.37 else GIVING if kind < 0.53 else WITH_OBJECT
    if is_animal:
        actions = tuple(each for each in actions if each.is_animal) or WITH_OBJECT[:2]
    action = rng.choice([each for each in actions if each.is_willed or not is_habit])
    acted = _acted(rng, action, is_habit=is_habit, is_denied=is_denied, may_be_duty=True)
    company = _company(rng, action)
    place = _Said()
    if action.places and rng.random() < 0.5:
        where = rng.choice(action.places)
        place = _Said(where.english, f"{where.japanese}で")
    return _Said(
        _spaced(acted.english, company.english, place.english), place.japanese + company.japanese + acted.japanese
    )


def _acted(
    rng: random.Random, action: Action, *, is_habit: bool = False, is_denied: bool = False, may_be_duty: bool = False
) -> _Said:
    """Verb and object, done or not done; where a duty may be, it is one now and then."""
    verb, what = action.verb, _object(rng, action)
    if is_denied:
        english = f"{'does' if is_habit else 'did'} not {verb.base}"
        japanese = verb.ja_negative if is_habit else verb.ja_negative_past
    elif may_be_duty and action.is_willed and rng.random() < 0.15:
        english, japanese = f"{'has' if is_habit else 'had'} to {verb.base}", verb.ja_must(is_past=not is_habit)
    else:
        english, japanese = (verb.third, verb.ja_plain) if is_habit else (verb.past, verb.ja_past)
    return _Said(_spaced(english, what.english), what.japanese + japanese)


def _object(rng: random.Random, action: Action) -> _Said:
    """All that the verb needs, with the particles behind it."""
    if action in GOING:
        goal = rng.choice(GOALS)
        return _Said(goal.english, f"{goal.japanese}に")
    if action in GIVING:
        what, whom = _described(rng, rng.choice(GIFTS), 0.4), _described(rng, rng.choice(PEOPLE), 0.1)
        return _Said(f"{what.english} to {whom.english}", f"{whom.japanese}に{what.japanese}を")
    if not action.objects:
        return _Said()
    what = _described(rng, rng.choice(action.objects), 0.4, "old" if action.is_making else "")
    return _Said(what.english, what.japanese + action.particle)


def _possible(actions: Sequence[Action], noun: Noun) -> list[Action]:
    return [each for each in actions if each.is_animal or noun not in ANIMALS]


def _someone(rng: random.Random) -> Noun:
    return rng.choice(ANIMALS if rng.random() < 0.2 else PEOPLE)


def _actor(rng: random.Random, action: Action) -> Noun:
    return _someone(rng) if action.is_animal else rng.choice(PEOPLE)


def _described(rng: random.Random, noun: Noun, share: float, unsuited: str = "") -> _Said:
    """The noun with its article, in that share of cases with an adjective."""
    if noun.is_name:
        return _Said(noun.english, noun.japanese)
    suited = [each for each in noun.adjectives if each != unsuited]
    if not suited or rng.random() >= share:
        return _Said(f"the {noun.english}", noun.japanese)
    adjective = rng.choice(suited)
    return _Said(f"the {adjective} {noun.english}", ADJECTIVES[adjective] + noun.japanese)


def _time(rng: random.Random, is_habit: bool, is_denied: bool) -> _Said:
    """A habit has its time, but not one that is denied: `not every day` would be another thing than `never`."""
    if is_habit:
        return _Said() if is_denied else _Said(*rng.choice(HABITS))
    return _Said(*rng.choice(PAST_TIMES)) if rng.random() < 0.5 else _Said()


def _company(rng: random.Random, action: Action) -> _Said:
    if not action.is_shared or action in GIVING or rng.random() < 0.75:
        return _Said()
    other = _described(rng, rng.choice(PEOPLE), 0.0)
    return _Said(f"with {other.english}", f"{other.japanese}と")


def _spaced(*phrases: str) -> str:
    return " ".join(filter(None, phrases))
