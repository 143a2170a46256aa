"""English sentences and their Japanese translations, both told from one meaning, so that a pair is always right.

The two languages put nearly everything the other way round: the verb ends a Japanese sentence, particles follow
their words where prepositions precede them, time and place come before the object, a relative clause before its
noun, and a reason before what it is the reason of. That is what a cross-attention head has to turn around.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from playground.engine.text.conjugation import Verb

N_PAIRS = 30_000

PEOPLE = (
    ("Mia", "ミア"), ("Ken", "ケン"), ("Hana", "ハナ"), ("Tom", "トム"), ("the teacher", "先生"),
    ("the girl", "女の子"), ("the boy", "男の子"), ("the doctor", "医者"), ("the cook", "料理人"), ("the king", "王様"),
    ("the neighbor", "隣人"),
)  # fmt: skip
ANIMALS = (("the cat", "猫"), ("the dog", "犬"), ("the bear", "熊"), ("the fox", "狐"))
FOOD = (("the bread", "パン"), ("the fish", "魚"), ("the apple", "りんご"), ("the cake", "ケーキ"), ("the egg", "卵"))
DRINKS = (("the tea", "お茶"), ("the water", "水"), ("the milk", "牛乳"))
TEXTS = (("the book", "本"), ("the letter", "手紙"), ("the map", "地図"))
THINGS = (
    ("the hat", "帽子"), ("the bag", "かばん"), ("the umbrella", "傘"), ("the flower", "花"), ("the box", "箱"),
    ("the key", "鍵"), ("the stone", "石"), ("the clock", "時計"),
)  # fmt: skip
OPENED = (("the box", "箱"), ("the bag", "かばん"), ("the window", "窓"), ("the door", "ドア"))
SIZES = (("big", "大きな"), ("small", "小さな"))
COLOURS = (("red", "赤い"), ("blue", "青い"), ("white", "白い"), ("black", "黒い"))
AGES = (("new", "新しい"), ("old", "古い"), ("beautiful", "美しい"), ("heavy", "重い"))
WARMTH = (("warm", "温かい"), ("cold", "冷たい"))
MANNERS = (("kind", "優しい"), ("young", "若い"), ("tall", "背の高い"))
PLACES = (
    ("in the park", "公園"), ("at school", "学校"), ("at the station", "駅"), ("in the forest", "森"),
    ("in the town", "町"), ("by the river", "川のそば"), ("on the hill", "丘"), ("in the garden", "庭"),
    ("in the kitchen", "台所"), ("at the market", "市場"),
)  # fmt: skip
GOALS = (
    ("the park", "公園"), ("the station", "駅"), ("the forest", "森"), ("the town", "町"), ("the hill", "丘"),
    ("the market", "市場"), ("the library", "図書館"),
)  # fmt: skip
PAST_TIMES = (("yesterday", "昨日"), ("this morning", "今朝"), ("last night", "昨夜"), ("last week", "先週"))
HABITS = (("every day", "毎日"), ("every morning", "毎朝"), ("every evening", "毎晩"))

WITH_OBJECT: tuple[tuple[Verb, tuple[tuple[str, str], ...]], ...] = (
    (Verb("eat", "ate", "食べる", is_ichidan=True), FOOD),
    (Verb("drink", "drank", "飲む"), DRINKS),
    (Verb("read", "read", "読む"), TEXTS),
    (Verb("write", "wrote", "書く"), TEXTS[:2]),
    (Verb("buy", "bought", "買う"), FOOD + TEXTS + THINGS),
    (Verb("sell", "sold", "売る"), FOOD + TEXTS + THINGS),
    (Verb("carry", "carried", "運ぶ"), THINGS),
    (Verb("find", "found", "見つける", is_ichidan=True), TEXTS + THINGS),
    (Verb("lose", "lost", "なくす"), TEXTS + THINGS[:4]),
    (Verb("hide", "hid", "隠す"), TEXTS + THINGS),
    (Verb("wash", "washed", "洗う"), THINGS[:2] + FOOD[2:3]),
    (Verb("open", "opened", "開ける", is_ichidan=True), OPENED),
    (Verb("close", "closed", "閉める", is_ichidan=True), OPENED),
)
GIVING = (
    Verb("give", "gave", "あげる", is_ichidan=True), Verb("show", "showed", "見せる", is_ichidan=True),
    Verb("send", "sent", "送る"),
)  # fmt: skip
ALONE = (
    Verb("sleep", "slept", "眠る"), Verb("swim", "swam", "泳ぐ"), Verb("sing", "sang", "歌う"),
    Verb("dance", "danced", "踊る"), Verb("laugh", "laughed", "笑う"), Verb("cry", "cried", "泣く"),
    Verb("wait", "waited", "待つ"), Verb("work", "worked", "働く"),
)  # fmt: skip
GOING = (Verb("go", "went", "行く"), Verb("return", "returned", "戻る"))


@dataclass(frozen=True)
class _Said:
    """A phrase in both languages."""

    english: str
    japanese: str


@cache
def translate_pairs(seed: int) -> list[tuple[str, str]]:
    """Different pairs of an English sentence and its one translation, in random order; the same for the same seed."""
    rng = random.Random(f"translate {seed}")
    pairs: dict[str, str] = {}
    while len(pairs) < N_PAIRS:
        said = _sentence(rng)
        pairs.setdefault(said.english, said.japanese)
    return list(pairs.items())


@cache
def translate_text(seed: int) -> str:
    """The pairs as lines: English, tab, Japanese."""
    return "".join(f"{english}\t{japanese}\n" for english, japanese in translate_pairs(seed))


def _sentence(rng: random.Random) -> _Said:
    kind = rng.random()
    if kind < 0.55:
        said = _main_clause(rng)
    elif kind < 0.70:
        said = _with_relative_clause(rng)
    elif kind < 0.86:
        said = _with_reason(rng)
    else:
        said = _with_moment(rng)
    return _Said(f"{said.english[0].upper()}{said.english[1:]}.", f"{said.japanese}。")


def _main_clause(rng: random.Random) -> _Said:
    """Someone does something, somewhere, with someone, at some time: `X は 時 場所で 人と 物を する`."""
    subject, is_habit = _subject(rng), rng.random() < 0.3
    time = _time(rng, is_habit)
    doing = _doing(rng, is_habit, subject)
    return _joined(subject, "は", time, doing)


def _with_relative_clause(rng: random.Random) -> _Said:
    """`Mia read the book that Ken bought`: ミアはケンが買った本を読んだ."""
    subject, other = _two(rng, PEOPLE)
    verb, things = rng.choice(WITH_OBJECT)
    thing = _described(rng, rng.choice(things))
    inner = rng.choice([each for each, objects in WITH_OBJECT if each is not verb and _bare(thing, objects)] or [verb])
    english = f"{subject.english} {verb.past} {thing.english} that {other.english} {inner.past}"
    return _Said(english, f"{subject.japanese}は{other.japanese}が{inner.ja_past}{thing.japanese}を{verb.ja_past}")


def _with_reason(rng: random.Random) -> _Said:
    """`Tom laughed because the dog ate the bread`: 犬がパンを食べたから、トムは笑った."""
    main, reason = _short(rng, "は"), _short(rng, "が")
    return _Said(f"{main.english} because {reason.english}", f"{reason.japanese}から、{main.japanese}")


def _with_moment(rng: random.Random) -> _Said:
    """`The cat slept when Mia sang`: ミアが歌ったとき、猫は眠った."""
    main, moment = _short(rng, "は"), _short(rng, "が")
    return _Said(f"{main.english} when {moment.english}", f"{moment.japanese}とき、{main.japanese}")


def _short(rng: random.Random, particle: str) -> _Said:
    """A clause without time and place, in the past."""
    subject = _subject(rng)
    if rng.random() < 0.4:
        verb = rng.choice(ALONE)
        return _joined(subject, particle, _Said("", ""), _acted(rng, verb, False, _Said("", "")))
    verb, things = rng.choice(WITH_OBJECT)
    thing = _described(rng, rng.choice(things))
    return _joined(
        subject, particle, _Said("", ""), _acted(rng, verb, False, _Said(thing.english, thing.japanese + "を"))
    )


def _doing(rng: random.Random, is_habit: bool, subject: _Said) -> _Said:
    """All that follows the subject but the time: English in the order of a verb phrase, Japanese with the verb last."""
    kind = rng.random()
    place, company = _place(rng), _company(rng, subject)
    if kind < 0.25:
        acted = _acted(rng, rng.choice(ALONE), is_habit, _Said("", ""))
        return _around(acted, place, company)
    if kind < 0.40:
        goal = _Said(*rng.choice(GOALS))
        acted = _acted(rng, rng.choice(GOING), is_habit, _Said(f"to {goal.english}", f"{goal.japanese}に"))
        return _around(acted, _Said("", ""), company)
    if kind < 0.58:
        receiver = _other(rng, subject)
        thing = _described(rng, rng.choice(TEXTS + THINGS))
        given = _Said(f"{thing.english} to {receiver.english}", f"{receiver.japanese}に{thing.japanese}を")
        return _around(_acted(rng, rng.choice(GIVING), is_habit, given), place, _Said("", ""))
    verb, things = rng.choice(WITH_OBJECT)
    thing = _described(rng, rng.choice(things))
    return _around(_acted(rng, verb, is_habit, _Said(thing.english, f"{thing.japanese}を")), place, company)


def _acted(rng: random.Random, verb: Verb, is_habit: bool, what: _Said) -> _Said:
    """Verb and object; now and then it is not done, or has to be."""
    kind = rng.random()
    if kind < 0.72:
        english, japanese = (verb.third, verb.ja_plain) if is_habit else (verb.past, verb.ja_past)
    elif kind < 0.88:
        english = f"{'does' if is_habit else 'did'} not {verb.base}"
        japanese = verb.ja_negative if is_habit else verb.ja_negative_past
    else:
        english, japanese = f"{'has' if is_habit else 'had'} to {verb.base}", verb.ja_must(is_past=not is_habit)
    return _Said(" ".join(filter(None, (english, what.english))), what.japanese + japanese)


def _around(acted: _Said, place: _Said, company: _Said) -> _Said:
    english = " ".join(filter(None, (acted.english, company.english, place.english)))
    return _Said(english, place.japanese + company.japanese + acted.japanese)


def _joined(subject: _Said, particle: str, time: _Said, doing: _Said) -> _Said:
    english = " ".join(filter(None, (subject.english, doing.english, time.english)))
    return _Said(english, f"{subject.japanese}{particle}{time.japanese}{doing.japanese}")


def _subject(rng: random.Random) -> _Said:
    if rng.random() < 0.2:
        return _with_adjective(rng, rng.choice(ANIMALS), (*SIZES, *COLOURS[2:]), 0.4)
    return _with_adjective(rng, rng.choice(PEOPLE), MANNERS, 0.25)


def _other(rng: random.Random, subject: _Said) -> _Said:
    """Somebody who is not the subject."""
    return _Said(*rng.choice([each for each in PEOPLE if not subject.japanese.endswith(each[1])]))


def _two(rng: random.Random, those: Sequence[tuple[str, str]]) -> tuple[_Said, _Said]:
    one, other = rng.sample(list(those), 2)
    return _Said(*one), _Said(*other)


def _described(rng: random.Random, noun: tuple[str, str]) -> _Said:
    adjectives = SIZES if noun in FOOD else WARMTH if noun in DRINKS else (*SIZES, *COLOURS, *AGES)
    return _with_adjective(rng, noun, adjectives, 0.4)


def _with_adjective(
    rng: random.Random, noun: tuple[str, str], adjectives: Sequence[tuple[str, str]], share: float
) -> _Said:
    english, japanese = noun
    if not english.startswith("the ") or rng.random() >= share:
        return _Said(english, japanese)
    adjective = rng.choice(adjectives)
    return _Said(f"the {adjective[0]} {english.removeprefix('the ')}", adjective[1] + japanese)


def _bare(thing: _Said, objects: Sequence[tuple[str, str]]) -> bool:
    """Whether the thing, whatever it is like, is one of these."""
    return any(thing.english.split()[-1] == english.split()[-1] for english, _ in objects)


def _time(rng: random.Random, is_habit: bool) -> _Said:
    if is_habit:
        return _Said(*rng.choice(HABITS))
    return _Said(*rng.choice(PAST_TIMES)) if rng.random() < 0.5 else _Said("", "")


def _place(rng: random.Random) -> _Said:
    if rng.random() < 0.5:
        return _Said("", "")
    english, japanese = rng.choice(PLACES)
    return _Said(english, f"{japanese}で")


def _company(rng: random.Random, subject: _Said) -> _Said:
    if rng.random() < 0.75:
        return _Said("", "")
    other = _other(rng, subject)
    return _Said(f"with {other.english}", f"{other.japanese}と")
