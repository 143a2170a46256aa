"""The words of the sentence pairs, one Japanese word for each English one, and what can be said with each.

Knows which things can be eaten, worn out or written, so that no sentence is a riddle. Builds no sentence.
"""

from dataclasses import dataclass

from playground.engine.text.conjugation import Verb

ADJECTIVES = {
    "big": "大きな", "small": "小さな", "red": "赤い", "blue": "青い", "white": "白い", "black": "黒い",
    "new": "新しい", "old": "古い", "beautiful": "美しい", "heavy": "重い", "warm": "温かい", "cold": "冷たい",
    "long": "長い", "short": "短い", "kind": "優しい", "young": "若い", "tall": "背の高い",
}  # fmt: skip


@dataclass(frozen=True)
class Noun:
    """A word with all adjectives that suit it; a name has none, and no article."""

    english: str
    japanese: str
    adjectives: tuple[str, ...] = ()
    is_name: bool = False


@dataclass(frozen=True)
class Place:
    """A phrase of place: `in the park`, 公園."""

    english: str
    japanese: str


@dataclass(frozen=True)
class Action:
    """A verb and all that can be said with it.

    objects: empty if it needs none. particle: what Japanese puts behind the object. is_willed: one does it on
    purpose, so one may have to do it, and every day. is_shared: one may do it with somebody. is_making: the thing is
    new then. is_using_up: the thing is gone then. is_animal: animals do it too.
    """

    verb: Verb
    objects: tuple[Noun, ...] = ()
    particle: str = "を"
    places: tuple[Place, ...] = ()
    is_willed: bool = True
    is_shared: bool = True
    is_making: bool = False
    is_using_up: bool = False
    is_animal: bool = False


def _noun(english: str, japanese: str, adjectives: str = "") -> Noun:
    return Noun(english, japanese, tuple(adjectives.split()))


NAMES = tuple(
    Noun(*name, is_name=True) for name in (("Mia", "ミア"), ("Ken", "ケン"), ("Hana", "ハナ"), ("Tom", "トム"))
)
PEOPLE = (
    *NAMES, _noun("teacher", "先生", "kind young tall"), _noun("girl", "女の子", "kind tall small"),
    _noun("boy", "男の子", "kind tall small"), _noun("doctor", "医者", "kind young tall"),
    _noun("cook", "料理人", "kind young tall"), _noun("king", "王様", "kind young tall"),
)  # fmt: skip
ANIMALS = (
    _noun("cat", "猫", "big small white black"), _noun("dog", "犬", "big small white black"),
    _noun("bear", "熊", "big small black"), _noun("fox", "狐", "big small white"),
)  # fmt: skip

_APPLE, _BREAD = _noun("apple", "りんご", "big small red"), _noun("bread", "パン", "warm big small")
_CAKE, _FISH = _noun("cake", "ケーキ", "big small white"), _noun("fish", "魚", "big small")
_TEA, _WATER = _noun("tea", "お茶", "warm cold"), _noun("water", "水", "cold")
_MILK = _noun("milk", "牛乳", "warm cold")
_BOOK, _LETTER = _noun("book", "本", "new old big small"), _noun("letter", "手紙", "long short old")
_MAP, _PICTURE = _noun("map", "地図", "new old big small"), _noun("picture", "絵", "beautiful old big small")
_HAT = _noun("hat", "帽子", "big small red blue white black new old beautiful")
_BAG = _noun("bag", "かばん", "big small red blue white black new old heavy")
_UMBRELLA = _noun("umbrella", "傘", "red blue white black new old")
_FLOWER = _noun("flower", "花", "small red blue white beautiful")
_BOX = _noun("box", "箱", "big small red blue white black new old heavy")
_KEY, _STONE = _noun("key", "鍵", "small new old"), _noun("stone", "石", "big small white black beautiful heavy")
_CLOCK = _noun("clock", "時計", "big small new old beautiful")
_BICYCLE = _noun("bicycle", "自転車", "red blue white black new old")
_HORSE = _noun("horse", "馬", "big small white black young")
_WINDOW, _DOOR = _noun("window", "窓", "big small"), _noun("door", "ドア", "red blue white black heavy")

_FOOD, _DRINKS, _PAPERS = (_APPLE, _BREAD, _CAKE, _FISH), (_TEA, _WATER, _MILK), (_BOOK, _LETTER, _MAP, _PICTURE)
_SMALL_THINGS = (_HAT, _BAG, _UMBRELLA, _FLOWER, _BOX, _KEY, _STONE, _CLOCK)
_GOODS = (*_FOOD, *_DRINKS, _BOOK, _MAP, _PICTURE, *_SMALL_THINGS, _BICYCLE, _HORSE)
GIFTS = (*_PAPERS, *_SMALL_THINGS)

_INDOORS = (Place("at school", "学校"), Place("at the station", "駅"), Place("in the library", "図書館"))
_OUTDOORS = (
    Place("in the park", "公園"), Place("in the forest", "森"), Place("in the town", "町"),
    Place("by the river", "川のそば"), Place("on the hill", "丘"), Place("in the garden", "庭"),
)  # fmt: skip
_WATERS = (Place("in the river", "川"), Place("in the sea", "海"), Place("in the lake", "湖"))
_SHOPS = (Place("at the market", "市場"), Place("in the town", "町"), Place("at the station", "駅"))
_TABLES = (Place("in the kitchen", "台所"), Place("at school", "学校"), *_OUTDOORS)
_KITCHEN = (Place("in the kitchen", "台所"), Place("in the garden", "庭"))
_ANYWHERE = (*_INDOORS, *_OUTDOORS, Place("at the market", "市場"))
GOALS = (
    Place("to the park", "公園"), Place("to the station", "駅"), Place("to the forest", "森"),
    Place("to the town", "町"), Place("to the hill", "丘"), Place("to the market", "市場"),
    Place("to the library", "図書館"), Place("to the river", "川"), Place("to school", "学校"),
)  # fmt: skip

PAST_TIMES = (("yesterday", "昨日"), ("this morning", "今朝"), ("last night", "昨夜"), ("today", "今日"))
HABITS = (("every day", "毎日"), ("every morning", "毎朝"), ("every evening", "毎晩"))

WITH_OBJECT: tuple[Action, ...] = (
    Action(Verb("eat", "ate", "食べる", is_ichidan=True), _FOOD, places=_TABLES, is_using_up=True, is_animal=True),
    Action(Verb("drink", "drank", "飲む"), _DRINKS, places=_TABLES, is_using_up=True, is_animal=True),
    Action(Verb("read", "read", "読む"), _PAPERS[:3], places=_ANYWHERE),
    Action(Verb("write", "wrote", "書く"), _PAPERS[:2], places=_ANYWHERE, is_making=True),
    Action(Verb("draw", "drew", "描く"), _PAPERS[2:], places=_ANYWHERE, is_making=True),
    Action(Verb("make", "made", "作る"), (_BREAD, _CAKE, _HAT, _BAG, _BOX), places=_KITCHEN, is_making=True),
    Action(Verb("buy", "bought", "買う"), _GOODS, places=_SHOPS),
    Action(Verb("sell", "sold", "売る"), _GOODS, places=_SHOPS),
    Action(Verb("carry", "carried", "運ぶ"), (_BAG, _FLOWER, _BOX, _STONE, _CLOCK, _PICTURE), places=_ANYWHERE,
           is_animal=True),
    Action(Verb("find", "found", "見つける", is_ichidan=True), GIFTS, places=_ANYWHERE, is_willed=False,
           is_animal=True),
    Action(Verb("lose", "lost", "なくす"), (*_PAPERS[:3], _HAT, _BAG, _UMBRELLA, _KEY), places=_ANYWHERE,
           is_willed=False, is_shared=False),
    Action(Verb("hide", "hid", "隠す"), GIFTS, places=_ANYWHERE, is_animal=True),
    Action(Verb("wash", "washed", "洗う"), (_HAT, _BAG, _APPLE, _STONE, _BICYCLE, _HORSE),
           places=(Place("by the river", "川のそば"), Place("in the garden", "庭"))),
    Action(Verb("break", "broke", "壊す"), (_UMBRELLA, _BOX, _CLOCK, _WINDOW, _DOOR), places=_INDOORS,
           is_willed=False, is_shared=False),
    Action(Verb("open", "opened", "開ける", is_ichidan=True), (_BOX, _BAG, _WINDOW, _DOOR), places=_INDOORS),
    Action(Verb("close", "closed", "閉める", is_ichidan=True), (_BOX, _BAG, _WINDOW, _DOOR), places=_INDOORS),
    Action(Verb("ride", "rode", "乗る"), (_BICYCLE, _HORSE), "に", places=_OUTDOORS, is_shared=False),
    Action(Verb("meet", "met", "会う"), (*PEOPLE, *ANIMALS), "に", places=_ANYWHERE, is_shared=False, is_animal=True),
    Action(Verb("help", "helped", "助ける", is_ichidan=True), (*PEOPLE, *ANIMALS), places=_ANYWHERE,
           is_shared=False, is_animal=True),
    Action(Verb("call", "called", "呼ぶ"), (*PEOPLE, *ANIMALS[:2]), places=_ANYWHERE, is_shared=False),
)  # fmt: skip
GIVING: tuple[Action, ...] = (
    Action(Verb("give", "gave", "あげる", is_ichidan=True), GIFTS, places=_ANYWHERE),
    Action(Verb("show", "showed", "見せる", is_ichidan=True), GIFTS, places=_ANYWHERE),
    Action(Verb("send", "sent", "送る"), GIFTS),
)
ALONE: tuple[Action, ...] = (
    Action(Verb("sleep", "slept", "眠る"), places=_OUTDOORS, is_shared=False, is_animal=True),
    Action(Verb("swim", "swam", "泳ぐ"), places=_WATERS, is_animal=True),
    Action(Verb("run", "ran", "走る"), places=_OUTDOORS, is_animal=True),
    Action(Verb("wait", "waited", "待つ"), places=_ANYWHERE, is_animal=True),
    Action(Verb("sing", "sang", "歌う"), places=_ANYWHERE),
    Action(Verb("dance", "danced", "踊る"), places=_ANYWHERE),
    Action(Verb("work", "worked", "働く"), places=_ANYWHERE),
    Action(Verb("laugh", "laughed", "笑う"), places=_ANYWHERE, is_willed=False),
    Action(Verb("cry", "cried", "泣く"), places=_ANYWHERE, is_willed=False, is_shared=False),
)
GOING: tuple[Action, ...] = (
    Action(Verb("go", "went", "行く"), is_animal=True),
    Action(Verb("return", "returned", "戻る"), is_animal=True),
)
