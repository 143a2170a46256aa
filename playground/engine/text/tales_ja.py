"""Built-in short stories in Japanese, written by a grammar: the same seed writes the same book.

Like `tales`: names, things and places come again within a story, so that a model has something to copy.
"""

import random
from functools import cache

from playground.engine.text.grammar import tell_story, write_book

_MIN_CHARACTERS = 700_000  # some 2 MB in UTF-8

_NAMES = (
    "あおい あかり いつき えみ かい かえで けんた こはる さくら しょうた すみれ そら "
    "たくみ ちひろ なお はな はると ひかり ひなた ふみ まこと みお みのる もも ゆい "
    "ゆうき ゆき りく りん れん"
).split()
_ANIMALS = "犬 猫 うさぎ きつね たぬき くま りす かえる かめ ふくろう 小鳥 さる".split()
_COLOURS = "赤い 青い 白い 黒い 黄色い 金色の 銀色の 緑の 茶色い".split()
_SIZES = "大きな 小さな 丸い 古い 新しい きれいな かわいい".split()
_THINGS = ("ボール 凧 太鼓 鈴 舟 箱 帽子 コップ 人形 笛 鍵 ランプ 本 指輪 貝がら 傘 風船 星の飾り").split()
_FOODS = "りんご みかん 桃 梨 柿 おにぎり だんご もち パン ケーキ クッキー 焼きいも".split()
_PLACES = "庭 公園 森 台所 納屋 学校 海辺 川辺 湖 木の下 橋の上 丘 市場 野原 お寺 山".split()
_WEATHER = "晴れた 雨の 風の強い 寒い 暖かい 曇りの 雪の 静かな".split()
_TIMES = "朝 昼 夕方 日".split()

_OPENING = "[むかしむかし|ある{weather}{time}|ずっと前のこと]、{place}に{hero}という{kind}がいました。"

_LOST = (
    _OPENING,
    "{hero}は{a_thing}を持っていました。[{thing}は{hero}の宝物でした|{hero}は{thing}が大好きでした|"
    "{hero}はどこへ行くにも{thing}を持っていきました]。",
    "ある{time}、{hero}は{place}で{thing}と[遊びました|踊りました|走り回りました]。",
    "[ところが、帰るころになって|しばらくして|そのとき]、{thing}がなくなっていました。",
    "「[大変だ|どうしよう]。[ぼくの{thing}はどこだろう|{thing}が見つからない]」と{hero}は言いました。{hero}は[悲しくなりました|"
    "泣きたくなりました|困ってしまいました]。",
    "そこへ{friend_kind}の{friend}が[やって来ました|走って来ました|通りかかりました]。",
    "「[泣かないで|心配しないで]、{hero}。[いっしょに{thing}を探そう|{thing}を探すのを手伝うよ]」と{friend}は言いました。",
    "?{hero}と{friend}は{place}を探しましたが、{thing}はありませんでした。",
    "二人は{other}へ[行きました|歩いて行きました|急ぎました]。{hero}は[上も下も|右も左も|石のうしろまで]見て、{friend}も[よく探しました|"
    "あちこち見ました]。",
    "[とうとう|とつぜん]、{friend}が{other}で{colour}ものを見つけました。それは{thing}でした。",
    "「[ほら、{hero}|見て、{hero}]。[{thing}があったよ|これは君の{thing}かな]」と{friend}は言いました。",
    "{hero}は[大喜びしました|とてもうれしくなりました]。「ありがとう、{friend}。[君はいい友だちだ|君はやさしいね]」と{hero}は言いました。",
    "[それから|その日から]、{hero}は[{thing}を大切にしました|二度と{thing}をなくしませんでした|{friend}にも{thing}を貸してあげました]。",
)  # fmt: skip

_GIFT = (
    _OPENING,
    "[今日|その日]は{friend_kind}の{friend}の誕生日でした。{hero}は{friend}に贈り物をしたいと思いました。",
    "{hero}は{place}へ行って、[よく探しました|あたりを見回しました|長いこと考えました]。",
    "そこで{a_thing}を見つけました。「[{friend}はきっとこの{thing}が好きだ|この{thing}は{friend}にぴったりだ]」と{hero}は[言いました|"
    "思いました]。",
    "?{hero}は{thing}を{colour}箱に入れて[リボンをかけました|しっかり閉じました]。",
    "{friend}の家へ行く途中、{hero}は{other}で{third_kind}の{third}に会いました。",
    "「{hero}、その箱は何？」と{third}は聞きました。「{friend}への贈り物だよ。[いっしょに行こう|君も来ないか]」と{hero}は言いました。",
    "そこで{hero}と{third}は{friend}の家へ行きました。",
    "「{friend}、誕生日おめでとう」と[二人は言いました|{hero}と{third}は言いました]。{friend}は箱を開けて{thing}を見ました。",
    "「[なんてすてきな{thing}だろう|{thing}だ、うれしいな]。ありがとう、{hero}」と{friend}は笑って言いました。",
    "それから{hero}と{friend}と{third}は[いっしょに{food}を食べました|{food}を食べて歌いました]。",
    "[とても楽しい一日でした|みんな幸せでした|いちばんすてきな誕生日になりました]。",
)  # fmt: skip

_SHARE = (
    _OPENING,
    "{hero}は[おなかがすいていました|おなかがぺこぺこでした]。{hero}は{food}を持っていて、それはとても[おいしそうでした|いいにおいがしました]。",
    "{hero}は{place}に座って{food}を食べようとしました。",
    "そこへ{friend_kind}の{friend}が来ました。「こんにちは、{hero}。[おなかがすいたよ|今日は何も食べていないんだ]」と{friend}は言いました。",
    "{hero}は{food}を見ました。{hero}は全部[一人で|自分で]食べたいと思いました。",
    "?でも、{friend}は[悲しそうでした|疲れているようでした|やせていました]。",
    "「[ここに座って|こっちへおいで]、{friend}。[{food}を分けてあげる|この{food}を半分あげるよ]」と{hero}は言いました。",
    "{hero}は{food}を二つに分けて、半分を{friend}にあげました。「ありがとう、{hero}」と{friend}は言いました。",
    "[二人は{food}を食べながら話しました|{food}を食べ終わると、二人はにっこりしました|{food}は甘くて、二人は笑いました]。",
    "次の日、{hero}には食べる物がありませんでした。{hero}は{place}で座っていました。",
    "[すると|まもなく]、{friend}が{other_food}を持ってやって来ました。「きのうは{food}を分けてくれたね。今日は{other_food}をいっしょに食べよう」"
    "と{friend}は言いました。",
    "{hero}は[笑いました|うなずきました]。[分け合うのはいいことです|二人はずっと友だちでした|分け合うと、もっとおいしくなりました]。",
)  # fmt: skip

_STUCK = (
    _OPENING,
    "{hero}と{friend_kind}の{friend}は{place}で{a_thing}で遊んでいました。",
    "{friend}が{thing}を高く[投げる|飛ばす]と、{thing}は[屋根の上に乗ってしまいました|塀の向こうへ行ってしまいました|高い木に引っかかりました]。",
    "「[ああ、{thing}が|ぼくの{thing}が]」と{hero}は[叫びました|言いました]。「[どうやって取ろう|どうすればいいかな]」",
    "{friend}は跳びましたが、背が[低すぎました|足りませんでした]。{hero}もやってみましたが、{thing}に届きませんでした。",
    "?二人は[座りこみました|よく考えました]が、どうすればいいか分かりませんでした。",
    "そこへ{other}から{third_kind}の{third}が来ました。「[どうしたの|なぜ悲しいの]」と{third}は聞きました。",
    "「{thing}があの上にあって、届かないんだ」と{hero}は言いました。",
    "「[まかせて|それなら簡単だ]」と{third}は言いました。{third}は[するすると登って|さっと上がって]、{thing}を[取ってくれました|落としてくれました]。",
    "「やった。[ありがとう、{third}|{third}はすごいね]」と{hero}と{friend}は言いました。",
    "「{third}もいっしょに遊ぼう」と{hero}が言うと、{third}は[うなずきました|喜びました]。",
    "こうして{hero}と{friend}と{third}は、[日が暮れる|月が出る|星が出る]まで{thing}で遊びました。",
)  # fmt: skip

_BUILD = (
    _OPENING,
    "{hero}は{a_thing}を作りたいと思いました。でも、作り方が分かりませんでした。",
    "{hero}は{place}へ行って、{friend_kind}の{friend}に聞きました。「{friend}、{thing}を作るのを手伝ってくれる？」",
    "「[いいよ|もちろん]、{hero}。でも、まず{other}から[木|紙|糸]を取って来よう」と{friend}は言いました。",
    "そこで{hero}は{other}へ行きました。{hero}は[長いこと探して|すぐに見つけて]、{friend}のところへ戻りました。",
    "二人は[{time}じゅう|一生けんめい|ゆっくりていねいに]働きました。{friend}が[切って|押さえて]、{hero}が[組み立てました|色を塗りました]。",
    "?一度{thing}は壊れましたが、{hero}はあきらめませんでした。「[もう一度やろう|きっとできるよ]」と{friend}は言いました。",
    "[とうとう|ついに]、{thing}ができました。それは{size}{thing}でした。",
    "{hero}は{thing}を{third_kind}の{third}に見せました。「この{thing}はだれが作ったの？」と{third}は聞きました。",
    "「{friend}といっしょに作ったんだ」と{hero}は言いました。{hero}は[得意でした|うれしそうでした]。",
    "{third}は[手をたたきました|笑いました]。「[二人ともすごいね|作り方を教えて]」と{third}は言いました。",
)  # fmt: skip

_STORM = (
    _OPENING,
    "それは[{weather}|暗い]{time}でした。{hero}は{place}で一人でした。",
    "とつぜん、[大きな音がしました|嵐になりました|強い風が吹きました]。{hero}は[こわくなりました|震えました]。",
    "「[家に帰りたい|こわいよ]」と{hero}は言いました。でも、[あたりは真っ暗でした|雨が強く降っていました|道は遠くでした]。",
    "{hero}は{other}に小さな明かりを見つけました。{hero}は明かりのほうへ[走りました|歩きました]。",
    "それは{friend_kind}の{friend}の家でした。{friend}は戸を開けました。",
    "「[お入り|どうぞ入って]、{hero}。[ずぶぬれだね|中は暖かいよ]」と{friend}は言いました。",
    "{friend}は{hero}に{food}と{a_thing}をくれました。{hero}は{food}を食べて、体が温まりました。",
    "?二人は火のそばに座り、{friend}は{third}という{third_kind}の話をしました。",
    "[まもなく|しばらくすると]、嵐は過ぎて、[月|太陽]が出ました。",
    "「{friend}、{food}をありがとう。[もうこわくないよ|今度は家に来てね]」と{hero}は言いました。",
    "{hero}は{thing}を持って家に帰りました。{hero}はもう嵐を[こわがりません|おそれません]でした。",
)  # fmt: skip

_FOUND = (
    _OPENING,
    "ある{weather}{time}、{hero}は{place}で{a_thing}を見つけました。[だれもいませんでした|だれの物か分かりませんでした]。",
    "「[これはだれの{thing}だろう|だれが{thing}をなくしたのかな]」と{hero}は[思いました|言いました]。",
    "{hero}は{friend_kind}の{friend}に聞きました。「{friend}、これは君の{thing}？」「ちがうよ、ぼくの{thing}ではないよ。[{third}に聞いてごらん|"
    "{third}の物かもしれない]」と{friend}は言いました。",
    "?そこで{hero}は{friend}と別れて、{other}へ[歩きました|急ぎました]。",
    "{third_kind}の{third}は{other}にいました。{third}は[とても悲しそうでした|草の中で何かを探していました]。",
    "「{third}、これは君の{thing}？」と{hero}は聞きました。「そうだよ。[それはぼくの{thing}だ|ずっと{thing}を探していたんだ]」と{third}は言いました。",
    "「{thing}は{place}にあったよ」と{hero}は言いました。",
    "{third}は喜んで、{hero}に{food}をくれました。",
    "{hero}は{food}を{friend}と分けて、二人で[笑いました|おいしく食べました|楽しく話しました]。",
)  # fmt: skip

_RACE = (
    _OPENING,
    "{hero}は走るのが[とても速く|得意で]、「[ぼくがいちばん速い|だれもぼくに勝てない]」といつも言っていました。",
    "ある{time}、{friend_kind}の{friend}が言いました。「{hero}、競走しよう。{place}から{other}まで走るんだ」",
    "{hero}は笑いました。「[君は遅すぎるよ|ぼくが勝つよ]、{friend}」でも、{friend}はただにこにこしていました。",
    "{third_kind}の{third}が「一、二の、三」と言うと、二人は走り出しました。",
    "{hero}はずっと先を走りました。ところが、途中で{food}を見つけて、止まって食べました。",
    "?{food}があまりおいしかったので、{hero}は[眠ってしまいました|もっと食べたくなりました|競走を忘れました]。",
    "{friend}は休まず走りました。[まもなく|しばらくして]、{friend}は{other}に着きました。",
    "「{friend}の勝ちだ」と{third}は言って、{friend}に{a_thing}をあげました。",
    "{hero}は遅れて着きました。「{friend}、[君は休まなかったね|よく走ったね]。[今度は{food}を見ても止まらないよ|もう君を笑わないよ]」と{hero}は言いました。",
    "{friend}は{hero}に{thing}を[見せて|貸して]、二人は[仲よく帰りました|ずっと友だちでした]。",
)  # fmt: skip

_PLOTS = (_LOST, _GIFT, _SHARE, _STUCK, _BUILD, _STORM, _FOUND, _RACE)


@cache
def tales_ja(seed: int) -> str:
    """A book of some 2 MB of stories, a blank line between them."""
    rng = random.Random(f"tales-ja {seed}")
    return write_book(lambda: tell(rng), _MIN_CHARACTERS)


def tell(rng: random.Random) -> str:
    """One story of about a dozen sentences, ended by a newline."""
    plot = rng.choice(_PLOTS)
    return tell_story(plot, _cast(rng), rng, "")


def _cast(rng: random.Random) -> dict[str, str]:
    """Who and what this story is about; no two share a name."""
    hero, friend, third = rng.sample(_NAMES, 3)
    kinds = rng.sample(_ANIMALS, 3)
    place, other = rng.sample(_PLACES, 2)
    thing = rng.choice(_THINGS)
    food, other_food = rng.sample(_FOODS, 2)
    colour, size = rng.choice(_COLOURS), rng.choice(_SIZES)
    return {
        "hero": hero, "friend": friend, "third": third,
        "kind": rng.choice((kinds[0], "女の子", "男の子")), "friend_kind": kinds[1], "third_kind": kinds[2],
        "place": place, "other": other, "thing": thing, "a_thing": rng.choice((colour, size)) + thing,
        "colour": colour, "size": size, "food": food, "other_food": other_food,
        "weather": rng.choice(_WEATHER), "time": rng.choice(_TIMES),
    }  # fmt: skip
