<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Go to {0}</source>
        <translation>{0}へ移動</translation>
    </message>
    <message>
        <source>Open a run folder…</source>
        <translation>実行フォルダーを開く…</translation>
    </message>
    <message>
        <source>Open a text to train on…</source>
        <translation>訓練するテキストを開く…</translation>
    </message>
    <message>
        <source>Open the sample model</source>
        <translation>サンプルモデルを開く</translation>
    </message>
    <message>
        <source>Play the training, or stop</source>
        <translation>訓練の再生／停止</translation>
    </message>
    <message>
        <source>Earlier snapshot</source>
        <translation>前のスナップショット</translation>
    </message>
    <message>
        <source>Later snapshot</source>
        <translation>次のスナップショット</translation>
    </message>
    <message>
        <source>Use the preset “{0}”</source>
        <translation>プリセット「{0}」を使う</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>ライト／ダークの切り替え</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>ライトテーマ</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>ダークテーマ</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>システムのテーマ</translation>
    </message>
    <message>
        <source>Next language</source>
        <translation>言語の切り替え</translation>
    </message>
    <message>
        <source>Language: {0}</source>
        <translation>言語：{0}</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>コマンドパレット</translation>
    </message>
    <message>
        <source>List all shortcuts</source>
        <translation>ショートカットの一覧</translation>
    </message>
</context>
<context>
    <name>AttentionCost</name>
    <message>
        <source>Tokens</source>
        <translation>トークン数</translation>
    </message>
    <message>
        <source>Explicit / fused</source>
        <translation>明示 ÷ 融合</translation>
    </message>
    <message>
        <source>Time and memory of attention over the context length</source>
        <translation>コンテキスト長に対するアテンションの時間とメモリ</translation>
    </message>
    <message>
        <source>Time over tokens</source>
        <translation>トークン数と時間</translation>
    </message>
    <message>
        <source>Memory at its peak over tokens</source>
        <translation>トークン数と最大メモリ</translation>
    </message>
    <message>
        <source>fused</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>explicit</source>
        <translation>明示</translation>
    </message>
    <message>
        <source>Measure fused and explicit</source>
        <translation>融合と明示を測定</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>順伝播</translation>
    </message>
    <message>
        <source>With backward</source>
        <translation>逆伝播も含む</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>表で見る</translation>
    </message>
    <message>
        <source>The model has another shape now. Measure it again to see the difference.</source>
        <translation>モデルの形が変わりました。もう一度測定すると違いがわかります。</translation>
    </message>
    <message>
        <source>This model cannot be built. Its settings say why.</source>
        <translation>このモデルは作れません。理由は設定の欄にあります。</translation>
    </message>
    <message>
        <source>Measuring {0} tokens…</source>
        <translation>{0}トークンを測定中…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>準備中…</translation>
    </message>
    <message>
        <source>{0} heads of {1} numbers</source>
        <translation>ヘッド{0}個（各{1}次元）</translation>
    </message>
    <message>
        <source>1 head of {0} numbers</source>
        <translation>ヘッド1個（{0}次元）</translation>
    </message>
    <message>
        <source> on 1 key head</source>
        <translation>、キーヘッド1個</translation>
    </message>
    <message>
        <source> on {0} key heads</source>
        <translation>、キーヘッド{0}個</translation>
    </message>
    <message>
        <source>, causal</source>
        <translation>、因果マスクあり</translation>
    </message>
    <message>
        <source>, in both directions</source>
        <translation>、双方向</translation>
    </message>
    <message>
        <source>, with ALiBi</source>
        <translation>、ALiBiあり</translation>
    </message>
    <message>
        <source>Both ways to compute attention, timed on this machine over up to {0} tokens: {1}.</source>
        <translation>アテンションの2つの計算方法を、このマシンで最大{0}トークンまで測定します：{1}。</translation>
    </message>
    <message>
        <source>{0}. One sequence, 32-bit numbers, on {1}.</source>
        <translation>{0}。1系列、32ビット、{1}で測定。</translation>
    </message>
    <message>
        <source>{0}. One sequence, 32-bit numbers, on one core.</source>
        <translation>{0}。1系列、32ビット、1コアで測定。</translation>
    </message>
    <message>
        <source>{0}. One sequence, 32-bit numbers, on {1} cores.</source>
        <translation>{0}。1系列、32ビット、{1}コアで測定。</translation>
    </message>
    <message>
        <source>Same numbers: largest difference {0}</source>
        <translation>同じ数値：最大の差は{0}</translation>
    </message>
    <message>
        <source>At {0} tokens explicit takes {1} × the time and {2} × the memory of fused.</source>
        <translation>{0}トークンでは、明示は融合の{1}倍の時間と{2}倍のメモリを使います。</translation>
    </message>
    <message>
        <source>Even the shortest context needs more memory than is free.</source>
        <translation>最も短いコンテキストでも、空きメモリが足りません。</translation>
    </message>
    <message>
        <source>Ends at {0} tokens: twice as many would take too long here.</source>
        <translation>{0}トークンまで：その2倍はこのマシンでは時間がかかりすぎます。</translation>
    </message>
    <message>
        <source>Ends at {0} tokens: twice as many need more memory than is free.</source>
        <translation>{0}トークンまで：その2倍には空きメモリが足りません。</translation>
    </message>
    <message>
        <source>Fused and explicit attention</source>
        <translation>融合と明示のアテンション</translation>
    </message>
    <message>
        <source>Time and memory of fused and explicit attention</source>
        <translation>融合と明示のアテンションの時間とメモリ</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>Token before</source>
        <translation>直前のトークン</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>先頭のトークン</translation>
    </message>
    <message>
        <source>Itself</source>
        <translation>自分自身</translation>
    </message>
    <message>
        <source>After the same token</source>
        <translation>同じトークンの次</translation>
    </message>
    <message>
        <source>Strongest token</source>
        <translation>最も強いトークン</translation>
    </message>
    <message>
        <source>Mark of end</source>
        <translation>終わりの印</translation>
    </message>
    <message>
        <source>Pairs in the source&apos;s order</source>
        <translation>原文と同じ順の組</translation>
    </message>
    <message>
        <source>Spread over</source>
        <translation>広がり</translation>
    </message>
    <message>
        <source>Spreads over about {0} source tokens</source>
        <translation>原文の約{0}トークンに広がる</translation>
    </message>
    <message>
        <source>{0}; {1} of the pairs keep the source&apos;s order</source>
        <translation>{0}。組の{1}が原文と同じ順</translation>
    </message>
    <message>
        <source>Token after</source>
        <translation>直後のトークン</translation>
    </message>
    <message>
        <source>the token before</source>
        <translation>直前のトークン</translation>
    </message>
    <message>
        <source>the first token</source>
        <translation>先頭のトークン</translation>
    </message>
    <message>
        <source>the token itself</source>
        <translation>自分自身</translation>
    </message>
    <message>
        <source>the token after</source>
        <translation>直後のトークン</translation>
    </message>
    <message>
        <source>what followed the same token earlier (induction)</source>
        <translation>以前の同じトークンの次（誘導）</translation>
    </message>
    <message>
        <source>Looks mostly at {0}: {1} of its weight</source>
        <translation>主に{0}を見ています（重みの{1}）</translation>
    </message>
    <message>
        <source>Spreads over about {0} tokens; {1} gets {2} of the weight</source>
        <translation>約{0}トークンに広がり、{1}には重みの{2}が向いています</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0}トークン</translation>
    </message>
    <message>
        <source>Here you see, for every layer and head, which tokens each token of a text looks at. It takes a trained model.</source>
        <translation>ここでは、すべての層とヘッドについて、テキストの各トークンがどのトークンを見るかを示します。訓練済みのモデルが必要です。</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>モデルを訓練する</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>重み</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>スコア</translation>
    </message>
    <message>
        <source>Each row adds up to 1</source>
        <translation>各行の合計は1です</translation>
    </message>
    <message>
        <source>Query times key over the root of d_head, before the softmax</source>
        <translation>クエリとキーの内積を√d_headで割った値（ソフトマックスの前）</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>すべてのヘッド</translation>
    </message>
    <message>
        <source>Attention of one head</source>
        <translation>1つのヘッドのアテンション</translation>
    </message>
    <message>
        <source>Encoder: {0}</source>
        <translation>エンコーダ：{0}</translation>
    </message>
    <message>
        <source>Decoder: {0}</source>
        <translation>デコーダ：{0}</translation>
    </message>
    <message>
        <source>Cross-attention: {0}</source>
        <translation>クロスアテンション：{0}</translation>
    </message>
    <message>
        <source>Looks at</source>
        <translation>見る先</translation>
    </message>
    <message>
        <source>Residual stream</source>
        <translation>残差ストリーム</translation>
    </message>
    <message>
        <source>What a token looks at</source>
        <translation>トークンが見る先</translation>
    </message>
    <message>
        <source>Mean length of a token&apos;s vector, and of what each part adds to it</source>
        <translation>トークンのベクトルの平均の長さと、各部分が足す量</translation>
    </message>
    <message>
        <source>Mean length of a token&apos;s vector, and of its change by each part with the norm after it</source>
        <translation>トークンのベクトルの平均の長さと、各部分とその後の正規化による変化</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>To write {0}, looks at</source>
        <translation>{0} を書くために見る先</translation>
    </message>
    <message>
        <source>{0} looks at</source>
        <translation>{0} が見る先</translation>
    </message>
    <message>
        <source>token {0}</source>
        <translation>トークン{0}</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>エンコーダ</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>デコーダ</translation>
    </message>
    <message>
        <source>Cross</source>
        <translation>クロス</translation>
    </message>
    <message>
        <source>The sentence looks at itself, in both directions</source>
        <translation>文が自分自身を両方向に見ます</translation>
    </message>
    <message>
        <source>The translation looks at what is already written of it</source>
        <translation>訳文が、すでに書かれた訳文を見ます</translation>
    </message>
    <message>
        <source>The translation looks at the sentence</source>
        <translation>訳文が元の文を見ます</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>文</translation>
    </message>
    <message>
        <source>Sentence to translate</source>
        <translation>翻訳する文</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>訳文</translation>
    </message>
    <message>
        <source>Translation; the model&apos;s own if left empty</source>
        <translation>訳文（空ならモデル自身の訳）</translation>
    </message>
    <message>
        <source>Causal mask</source>
        <translation>因果マスク</translation>
    </message>
    <message>
        <source>Hides later tokens from earlier ones. Without it the same trained model sees the very tokens that it should predict.</source>
        <translation>後のトークンを前のトークンから隠します。外すと、同じ訓練済みモデルが、予測すべきトークンそのものを見てしまいます。</translation>
    </message>
    <message>
        <source>An encoder sees the whole text at once, so no token is predicted from those before it, and there is no surprise to show. &lt;mask&gt; hides a token.</source>
        <translation>エンコーダはテキスト全体を一度に見るので、前のトークンから次を予測せず、示すべき驚きはありません。&lt;mask&gt;と書くとトークンを隠せます。</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>ヘッド</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Where this head&apos;s weight goes</source>
        <translation>このヘッドの重みの行き先</translation>
    </message>
    <message>
        <source>Text to look into</source>
        <translation>調べるテキスト</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Previous layer</source>
        <translation>前の層</translation>
    </message>
    <message>
        <source>Next layer</source>
        <translation>次の層</translation>
    </message>
    <message>
        <source>Previous head</source>
        <translation>前のヘッド</translation>
    </message>
    <message>
        <source>Next head</source>
        <translation>次のヘッド</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>カラーマップ</translation>
    </message>
    <message>
        <source>Brighten faint weights</source>
        <translation>弱い重みを強調</translation>
    </message>
    <message>
        <source>Colours follow the square root of the weight</source>
        <translation>色を重みの平方根に合わせます</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン数</translation>
    </message>
    <message>
        <source>Left out at the front</source>
        <translation>先頭で省いた数</translation>
    </message>
    <message>
        <source>Surprise with mask</source>
        <translation>マスクあり</translation>
    </message>
    <message>
        <source>… without mask</source>
        <translation>マスクなし</translation>
    </message>
    <message>
        <source>Source tokens</source>
        <translation>原文のトークン</translation>
    </message>
    <message>
        <source>Target tokens</source>
        <translation>訳文のトークン</translation>
    </message>
    <message>
        <source>{0} nats a token</source>
        <translation>{0}ナット／トークン</translation>
    </message>
    <message>
        <source>Surprise</source>
        <translation>驚き</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Next part: encoder, cross-attention, decoder</source>
        <translation>次の部分：エンコーダ、クロスアテンション、デコーダ</translation>
    </message>
    <message>
        <source>Switch the causal mask</source>
        <translation>因果マスクを切り替える</translation>
    </message>
    <message>
        <source>Residual stream, or what a token looks at</source>
        <translation>残差ストリームと見る先を切り替える</translation>
    </message>
</context>
<context>
    <name>BlockDiagram</name>
    <message>
        <source>Diagram of the model</source>
        <translation>モデルの図</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>デコーダ</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>エンコーダ</translation>
    </message>
    <message>
        <source>tied</source>
        <translation>共有</translation>
    </message>
    <message>
        <source>result of the encoder {0}</source>
        <translation>エンコーダの出力 {0}</translation>
    </message>
    <message>
        <source>Blocks of the same shape, each with weights of its own, one after another.</source>
        <translation>同じ形のブロックが、それぞれの重みを持って順に並びます。</translation>
    </message>
    <message>
        <source>Residual stream</source>
        <translation>残差ストリーム</translation>
    </message>
    <message>
        <source>One vector per token runs through all layers; each part adds to it.</source>
        <translation>トークンごとに1つのベクトルが全層を通り、各部分が結果を足していきます。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>B = {0} sequences of T = {1} tokens</source>
        <translation>B = {0}列、T = {1}トークン</translation>
    </message>
    <message>
        <source>Token ids</source>
        <translation>トークンID</translation>
    </message>
    <message>
        <source>Token ids, some masked</source>
        <translation>トークンID（一部マスク）</translation>
    </message>
    <message>
        <source>Target so far</source>
        <translation>ここまでの訳文</translation>
    </message>
    <message>
        <source>A batch of text, cut into tokens; each is the number of its piece.</source>
        <translation>トークンに分けたテキストのバッチです。それぞれがピースの番号になります。</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>自己アテンション</translation>
    </message>
    <message>
        <source>Each token asks all others, in both directions, once per head.</source>
        <translation>各トークンが、前後両方向のすべてのトークンに、ヘッドごとに問い合わせます。</translation>
    </message>
    <message>
        <source>Queries and keys are turned by their place.</source>
        <translation>クエリとキーは位置に応じて回転します。</translation>
    </message>
    <message>
        <source>What is far scores less, in each head by another slope.</source>
        <translation>遠いトークンほどスコアが下がり、傾きはヘッドごとに違います。</translation>
    </message>
    <message>
        <source>Nothing tells the places apart.</source>
        <translation>位置を区別するものはありません。</translation>
    </message>
    <message>
        <source>{0} heads share one key and value head.</source>
        <translation>{0}個のヘッドが1つのキー・バリューヘッドを共有します。</translation>
    </message>
    <message>
        <source>The scores become the probabilities of what is behind each mask.</source>
        <translation>スコアが、各マスクに隠れたトークンの確率になります。</translation>
    </message>
    <message>
        <source>guesses for the masked tokens</source>
        <translation>マスクされたトークンの予測</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>埋め込み</translation>
    </message>
    <message>
        <source>Each piece of the vocabulary has a vector of its own.</source>
        <translation>語彙のピースごとに1つのベクトルがあります。</translation>
    </message>
    <message>
        <source>Each place in the context has a vector of its own, too; it is added.</source>
        <translation>コンテキストの位置ごとにもベクトルがあり、足し合わせます。</translation>
    </message>
    <message>
        <source>Waves of different lengths tell the places apart; nothing is learned.</source>
        <translation>長さの違う波で位置を区別します。学習する値はありません。</translation>
    </message>
    <message>
        <source>Attention, {0}</source>
        <translation>アテンション（{0}）</translation>
    </message>
    <message>
        <source>A batch of text, cut into tokens; some are hidden behind a mask.</source>
        <translation>トークンに分けた1バッチのテキスト。一部はマスクで隠されています。</translation>
    </message>
    <message>
        <source>The encoder reads the source, the decoder what is written of the target.</source>
        <translation>エンコーダは原文を、デコーダはここまでに書かれた訳文を読みます。</translation>
    </message>
    <message>
        <source>Each token asks all before it and takes in what fits, once per head.</source>
        <translation>各トークンが前のトークンすべてに問い合わせ、合うものをヘッドごとに取り込みます。</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>フィードフォワード</translation>
    </message>
    <message>
        <source>Each token alone is widened, bent, and brought back.</source>
        <translation>トークンごとに幅を広げ、活性化関数を通し、元の幅に戻します。</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>クロスアテンション</translation>
    </message>
    <message>
        <source>Each token asks the encoder&apos;s result of the source, once per head.</source>
        <translation>各トークンが、原文に対するエンコーダの出力に、ヘッドごとに問い合わせます。</translation>
    </message>
    <message>
        <source>Brings each token&apos;s vector to a steady length before it is read.</source>
        <translation>読み込む前に、各トークンのベクトルの大きさを揃えます。</translation>
    </message>
    <message>
        <source>Brings the stream itself to a steady length after each part has added to it.</source>
        <translation>各部分が加算されたあと、ストリーム自体を一定の長さに整えます。</translation>
    </message>
    <message>
        <source>Output transform</source>
        <translation>出力変換</translation>
    </message>
    <message>
        <source>One more layer and norm, for the prediction alone.</source>
        <translation>予測のためだけの、もう1つの層と正規化です。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>{0}, the embedding&apos;s table again</source>
        <translation>{0}（埋め込みと同じ表）</translation>
    </message>
    <message>
        <source>A score for every piece of the vocabulary.</source>
        <translation>語彙のピースごとのスコアです。</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>ソフトマックス</translation>
    </message>
    <message>
        <source>over V = {0} pieces</source>
        <translation>V = {0}ピース</translation>
    </message>
    <message>
        <source>The scores become the probabilities of the next token.</source>
        <translation>スコアを次のトークンの確率に変えます。</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>正規化</translation>
    </message>
    <message>
        <source>together</source>
        <translation>結合</translation>
    </message>
    <message>
        <source>probabilities of the next token</source>
        <translation>次のトークンの確率</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1層</translation>
    </message>
    <message>
        <source>{0} layers</source>
        <translation>{0}層</translation>
    </message>
    <message>
        <source>1 head</source>
        <translation>1ヘッド</translation>
    </message>
    <message>
        <source>{0} heads</source>
        <translation>{0}ヘッド</translation>
    </message>
    <message>
        <source>{0} + bias</source>
        <translation>{0} + バイアス</translation>
    </message>
    <message>
        <source>Layer norm</source>
        <translation>層正規化</translation>
    </message>
    <message>
        <source>RMS norm</source>
        <translation>RMS正規化</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>バッチ正規化</translation>
    </message>
    <message>
        <source>{0} scales, {0} shifts</source>
        <translation>倍率{0}個、シフト{0}個</translation>
    </message>
    <message>
        <source>{0} scales</source>
        <translation>倍率{0}個</translation>
    </message>
    <message>
        <source>Learned positions</source>
        <translation>学習型の位置</translation>
    </message>
    <message>
        <source>Sinusoidal positions</source>
        <translation>正弦波の位置</translation>
    </message>
    <message>
        <source>Rotary positions</source>
        <translation>回転位置</translation>
    </message>
    <message>
        <source>No positions</source>
        <translation>位置なし</translation>
    </message>
    <message>
        <source>dropout {0}</source>
        <translation>ドロップアウト {0}</translation>
    </message>
    <message>
        <source>&lt; 0.1 %</source>
        <translation>0.1 %未満</translation>
    </message>
</context>
<context>
    <name>BuildPage</name>
    <message>
        <source>Arithmetic of one token of the source and one of the target; training takes three times that</source>
        <translation>原文1トークンと訳文1トークンの順伝播の計算量。訓練ではその約3倍です</translation>
    </message>
    <message>
        <source>Not known before a first training on this machine.</source>
        <translation>このコンピュータで一度訓練すると分かります。</translation>
    </message>
    <message>
        <source>An estimate for all steps, from the speed of the last run on this machine.</source>
        <translation>このコンピュータでの前回の実行の速さから見積もった、全ステップの時間です。</translation>
    </message>
    <message>
        <source>An estimate for all steps, from the speeds of {0} runs on this machine.</source>
        <translation>このコンピュータでの{0}回の実行の速さから見積もった、全ステップの時間です。</translation>
    </message>
    <message>
        <source>How long the text is, is not known yet; choose it on the Train page.</source>
        <translation>テキストの長さがまだわかりません。訓練ページで選んでください。</translation>
    </message>
    <message>
        <source>{0} lines are read in {1} steps; the text has {2}.</source>
        <translation>{1}ステップで{0}行を読みます。テキストは{2}行です。</translation>
    </message>
    <message>
        <source>{0} tokens are read in {1} steps; the text has {2} characters, each a token.</source>
        <translation>{1}ステップで{0}トークンを読みます。テキストは{2}文字で、1文字が1トークンです。</translation>
    </message>
    <message>
        <source>{0} tokens are read in {1} steps; the text has {2} characters, and a token stands for one or more.</source>
        <translation>{1}ステップで{0}トークンを読みます。テキストは{2}文字で、1トークンは1文字以上です。</translation>
    </message>
    <message>
        <source>{0} + {1} layers</source>
        <translation>{0}＋{1}層</translation>
    </message>
    <message>
        <source>{0} × {1}, {2} wide, sees {3} tokens at once</source>
        <translation>{0} × {1}、幅{2}、一度に{3}トークンを見る</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Memory to train</source>
        <translation>訓練時のメモリ</translation>
    </message>
    <message>
        <source>Memory to use</source>
        <translation>使用時のメモリ</translation>
    </message>
    <message>
        <source>FLOPs per token</source>
        <translation>FLOPs／トークン</translation>
    </message>
    <message>
        <source>Tokens per step</source>
        <translation>トークン／ステップ</translation>
    </message>
    <message>
        <source>Time to train</source>
        <translation>訓練時間</translation>
    </message>
    <message>
        <source>Passes over the text</source>
        <translation>テキストの周回数</translation>
    </message>
    <message>
        <source>All numbers that training changes</source>
        <translation>訓練で変わるすべての数です</translation>
    </message>
    <message>
        <source>Weights, gradients, what the optimizer remembers, and activations kept for the way back</source>
        <translation>重み、勾配、オプティマイザの記憶、逆伝播のために残す活性値</translation>
    </message>
    <message>
        <source>Weights in fp32, and the keys and values of one full context</source>
        <translation>fp32の重みと、コンテキスト1つ分のキーとバリューです</translation>
    </message>
    <message>
        <source>Arithmetic of one token&apos;s forward pass; training takes about three times that</source>
        <translation>1トークンの順伝播の計算量です。訓練ではこの約3倍かかります</translation>
    </message>
    <message>
        <source>The sequences of a step times the context</source>
        <translation>1ステップの列数×コンテキスト</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>構築</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Train this model</source>
        <translation>このモデルを訓練</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>まだ何も変更していません。</translation>
    </message>
    <message>
        <source>Nothing was undone.</source>
        <translation>やり直すものはありません。</translation>
    </message>
    <message>
        <source>Take the last change back (Ctrl+Z)</source>
        <translation>直前の変更を元に戻します (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Make the change again (Ctrl+Shift+Z)</source>
        <translation>変更をやり直します (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Go on to the Train page with this model</source>
        <translation>このモデルで訓練ページへ進みます</translation>
    </message>
    <message>
        <source>Point at a part to see its formula; click it to change its setting.</source>
        <translation>部分にカーソルを合わせると式を表示し、クリックすると設定を変更できます。</translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>パラメータ{0}個</translation>
    </message>
    <message>
        <source>{0} layers × {1} = {2} parameters</source>
        <translation>{0}層 × {1} = パラメータ{2}個</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>トークナイザー</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Picture of the positions</source>
        <translation>位置の図</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>独自の設定</translation>
    </message>
    <message>
        <source>Settings of your own; choose a preset to start anew.</source>
        <translation>独自の設定です。プリセットを選ぶと最初からやり直せます。</translation>
    </message>
    <message>
        <source>Undo the last change of the model</source>
        <translation>モデルの変更を元に戻す</translation>
    </message>
    <message>
        <source>Redo the change of the model</source>
        <translation>モデルの変更をやり直す</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>{0} at {1}</source>
        <translation>{1}で{0}</translation>
    </message>
</context>
<context>
    <name>Drop</name>
    <message>
        <source>Drop one file or one folder at a time.</source>
        <translation>ファイルまたはフォルダーは1つずつドロップしてください。</translation>
    </message>
    <message>
        <source>Drop to open this run</source>
        <translation>ドロップしてこの実行を開く</translation>
    </message>
    <message>
        <source>Drop to make a run of this model</source>
        <translation>ドロップすると、このモデルから実行を作ります</translation>
    </message>
    <message>
        <source>Drop to train on this text</source>
        <translation>ドロップしてこのテキストで訓練</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Copy picture</source>
        <translation>画像をコピー</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>表としてコピー</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>PNGで保存…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>SVGで保存…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSVで保存…</translation>
    </message>
    <message>
        <source>Save as NPY…</source>
        <translation>NPYで保存…</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>画像を保存</translation>
    </message>
</context>
<context>
    <name>GeneratePage</name>
    <message>
        <source>Probabilities of the next token</source>
        <translation>次のトークンの確率</translation>
    </message>
    <message>
        <source>Here the model goes on from your words. Its training has just begun: it can soon write.</source>
        <translation>入力した言葉の続きをモデルが書きます。
訓練は始まったばかりで、まもなく書けるようになります。</translation>
    </message>
    <message>
        <source>Watch the training</source>
        <translation>訓練を見る</translation>
    </message>
    <message>
        <source>Here a model goes on from your words, one token at a time. It takes a trained model.</source>
        <translation>入力した言葉の続きを、モデルが1トークンずつ書きます。
訓練済みのモデルが必要です。</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>モデルを訓練する</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Type how the text begins</source>
        <translation>テキストの書き出しを入力</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>プロンプト</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続きを書く</translation>
    </message>
    <message>
        <source>Go on from what was written (Ctrl+Shift+Enter)</source>
        <translation>書いたテキストの続きを書きます (Ctrl+Shift+Enter)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Take the written text away; the prompt stays</source>
        <translation>書いたテキストを消します。プロンプトは残ります</translation>
    </message>
    <message>
        <source>Type a text to mask words in</source>
        <translation>単語を隠すテキストを入力</translation>
    </message>
    <message>
        <source>Type a sentence to translate</source>
        <translation>翻訳する文を入力</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻訳</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop writing (Esc)</source>
        <translation>書くのを止めます (Esc)</translation>
    </message>
    <message>
        <source>Write on from the prompt (Ctrl+Enter)</source>
        <translation>プロンプトの続きを書きます (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>The model guesses what is behind the masks, from both sides</source>
        <translation>前後の文脈から、マスクの中身をモデルが当てます</translation>
    </message>
    <message>
        <source>Waiting for the model…</source>
        <translation>モデルを待っています…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>書いています…</translation>
    </message>
    <message>
        <source>The model translates your words, one token at a time</source>
        <translation>入力した文をモデルが1トークンずつ翻訳します</translation>
    </message>
    <message>
        <source>The model goes on from your words, one token at a time</source>
        <translation>入力した言葉の続きを、モデルが1トークンずつ書きます</translation>
    </message>
    <message>
        <source>Ways of drawing</source>
        <translation>選び方</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>サンプリング</translation>
    </message>
    <message>
        <source>Tokens and seed</source>
        <translation>トークン数とシード</translation>
    </message>
    <message>
        <source>Last text</source>
        <translation>直前のテキスト</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>新しいシード</translation>
    </message>
    <message>
        <source>Another seed each time</source>
        <translation>毎回シードを変える</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>選択範囲をコピー</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>テキストをコピー</translation>
    </message>
    <message>
        <source>Written text</source>
        <translation>生成したテキスト</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Press Ctrl+Enter, and the model writes on from here.</source>
        <translation>Ctrl+Enterを押すと、ここから続きを書きます。</translation>
    </message>
    <message>
        <source>Colour by surprise</source>
        <translation>驚きで色分け</translation>
    </message>
    <message>
        <source>The less likely a token was, the stronger its colour</source>
        <translation>確率の低かったトークンほど色が濃くなります</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>訳文</translation>
    </message>
    <message>
        <source>Press Ctrl+Enter, and the model translates the sentence.</source>
        <translation>Ctrl+Enterを押すと、モデルがこの文を翻訳します。</translation>
    </message>
    <message>
        <source>Point at a token to see its probability</source>
        <translation>トークンにカーソルを合わせると確率を表示します</translation>
    </message>
    <message>
        <source>Surprise in bits</source>
        <translation>驚き（ビット）</translation>
    </message>
    <message>
        <source>{0}+ bits</source>
        <translation>{0}ビット以上</translation>
    </message>
    <message>
        <source>probability {0} · surprise {1} bits · id {2}</source>
        <translation>確率{0} · 驚き{1}ビット · ID {2}</translation>
    </message>
    <message>
        <source>at the length set</source>
        <translation>設定した長さに到達</translation>
    </message>
    <message>
        <source>stopped by you</source>
        <translation>手動で停止</translation>
    </message>
    <message>
        <source>with its end token</source>
        <translation>終了トークン</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン数</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0}トークン／秒</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>終わり方</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>ステップ{0}</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0}トークン</translation>
    </message>
    <message>
        <source>seed {0}</source>
        <translation>シード{0}</translation>
    </message>
    <message>
        <source>{0} can be drawn</source>
        <translation>候補{0}個</translation>
    </message>
    <message>
        <source>entropy {0} nats</source>
        <translation>エントロピー{0}ナット</translation>
    </message>
    <message>
        <source>Type a sentence to translate.</source>
        <translation>翻訳する文を入力してください。</translation>
    </message>
    <message>
        <source>First token of the translation</source>
        <translation>訳文の最初のトークン</translation>
    </message>
    <message>
        <source>Next token after the prompt</source>
        <translation>プロンプトの次のトークン</translation>
    </message>
    <message>
        <source>What could stand for ‘{0}’</source>
        <translation>「{0}」の位置の候補</translation>
    </message>
    <message>
        <source>Next token after the text</source>
        <translation>テキストの次のトークン</translation>
    </message>
    <message>
        <source>‘{0}’ is no text of its own: a part of a character, or a sign for the model.</source>
        <translation>「{0}」は単独のテキストではなく、文字の一部か、モデルへの合図です。</translation>
    </message>
    <message>
        <source>‘{0}’ was drawn</source>
        <translation>「{0}」を選択</translation>
    </message>
    <message>
        <source>Generate from the prompt</source>
        <translation>プロンプトから生成</translation>
    </message>
    <message>
        <source>Stop writing</source>
        <translation>生成を停止</translation>
    </message>
    <message>
        <source>Go on from the written text</source>
        <translation>生成したテキストの続きを書く</translation>
    </message>
    <message>
        <source>Clear the written text</source>
        <translation>生成したテキストを消去</translation>
    </message>
    <message>
        <source>Text with masks</source>
        <translation>マスクのあるテキスト</translation>
    </message>
    <message>
        <source>Click a word to mask it</source>
        <translation>単語をクリックすると隠れます</translation>
    </message>
    <message>
        <source>Mask some</source>
        <translation>いくつか隠す</translation>
    </message>
    <message>
        <source>Mask the share of tokens that the model was trained on</source>
        <translation>訓練のときと同じ割合のトークンを隠します</translation>
    </message>
    <message>
        <source>Unmask all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>Show all words again</source>
        <translation>すべての単語をもう一度表示します</translation>
    </message>
    <message>
        <source>{0} of {1} guesses are right</source>
        <translation>{1}個中{0}個が正解</translation>
    </message>
    <message>
        <source>Point at a mask to see what the model would put there</source>
        <translation>マスクを指すと、モデルがそこに入れる候補が見られます</translation>
    </message>
    <message>
        <source>‘{0}’ with {1}; the text says ‘{2}’, to which the model gave {3}</source>
        <translation>予測「{0}」({1})。本文は「{2}」で、モデルの確率は{3}</translation>
    </message>
    <message>
        <source>Guesses for a mask</source>
        <translation>マスクの予測</translation>
    </message>
    <message>
        <source>Mask a word, and its rivals stand here.</source>
        <translation>単語を隠すと、候補がここに並びます。</translation>
    </message>
    <message>
        <source>Guesses in place of ‘{0}’</source>
        <translation>「{0}」の位置の予測</translation>
    </message>
</context>
<context>
    <name>GlossaryPage</name>
    <message>
        <source>Show me on the page “{0}”</source>
        <translation>「{0}」ページで見る</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>用語集</translation>
    </message>
    <message>
        <source>{0} terms, each with the page where it can be tried.</source>
        <translation>{0}語。それぞれ試せるページが付いています。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Search the glossary</source>
        <translation>用語集を検索</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>用語</translation>
    </message>
    <message>
        <source>No term is called that. Try another spelling or language.</source>
        <translation>該当する用語がありません。別の表記や言語で試してください。</translation>
    </message>
</context>
<context>
    <name>HeadGrid</name>
    <message>
        <source>Layer {0}, head {1}</source>
        <translation>層{0}、ヘッド{1}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Choose a run</source>
        <translation>実行を選択</translation>
    </message>
    <message>
        <source>The run in view. Every page shows this model (Ctrl+Shift+O opens another).</source>
        <translation>表示中の実行です。どのページもこのモデルを表示します（Ctrl+Shift+Oで別の実行を開く）。</translation>
    </message>
    <message>
        <source>Run in view</source>
        <translation>表示中の実行</translation>
    </message>
    <message>
        <source>Everything that can be done, by name (Ctrl+K)</source>
        <translation>すべての操作を名前で探す (Ctrl+K)</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>コマンドパレット</translation>
    </message>
    <message>
        <source>日本語</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Show the interface in Japanese (Ctrl+Shift+L)</source>
        <translation>英語で表示 (Ctrl+Shift+L)</translation>
    </message>
    <message>
        <source>Light or dark (Ctrl+Shift+D)</source>
        <translation>ライト／ダークの切り替え (Ctrl+Shift+D)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>ステップ{0}</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>ステップ{0} / {1}</translation>
    </message>
    <message>
        <source>Training {0} %</source>
        <translation>訓練中 {0} %</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>残り{0}</translation>
    </message>
    <message>
        <source>Paused at {0} %</source>
        <translation>一時停止中 {0} %</translation>
    </message>
    <message>
        <source>Evaluating at {0} %</source>
        <translation>評価中 {0} %</translation>
    </message>
    <message>
        <source>Reading the text</source>
        <translation>テキストの読み込み中</translation>
    </message>
    <message>
        <source>Training the tokenizer</source>
        <translation>トークナイザーの訓練中</translation>
    </message>
    <message>
        <source>Encoding the text</source>
        <translation>テキストの変換中</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>準備中</translation>
    </message>
    <message>
        <source>{0}: {1} %</source>
        <translation>{0}：{1} %</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>訓練済み</translation>
    </message>
    <message>
        <source>Stopped at {0} %</source>
        <translation>停止 {0} %</translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation>訓練失敗</translation>
    </message>
    <message>
        <source>Interrupted at {0} %</source>
        <translation>中断 {0} %</translation>
    </message>
    <message>
        <source>The trainer ended without a word. Go on from the Train page.</source>
        <translation>訓練プロセスが突然終了しました。訓練ページから再開できます。</translation>
    </message>
    <message>
        <source>Not trained yet</source>
        <translation>未訓練</translation>
    </message>
</context>
<context>
    <name>Heatmap</name>
    <message>
        <source>weight</source>
        <translation>重み</translation>
    </message>
    <message>
        <source>score</source>
        <translation>スコア</translation>
    </message>
    <message>
        <source>Waiting for the model…</source>
        <translation>モデルを待っています…</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>マスク</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>驚き</translation>
    </message>
    <message>
        <source>source →</source>
        <translation>原文 →</translation>
    </message>
    <message>
        <source>reads ↓</source>
        <translation>読む ↓</translation>
    </message>
    <message>
        <source>key →</source>
        <translation>キー →</translation>
    </message>
    <message>
        <source>query ↓</source>
        <translation>クエリ ↓</translation>
    </message>
    <message>
        <source>writes ↓</source>
        <translation>書く ↓</translation>
    </message>
    <message>
        <source>query</source>
        <translation>クエリ</translation>
    </message>
    <message>
        <source>key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>writes next</source>
        <translation>次に書く</translation>
    </message>
    <message>
        <source>comes later in the text</source>
        <translation>テキストの後ろ側</translation>
    </message>
    <message>
        <source>{0} nats</source>
        <translation>{0}ナット</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>‘{0}’ cannot look at ‘{1}’: masked</source>
        <translation>「{0}」から「{1}」は見えません（マスク）</translation>
    </message>
    <message>
        <source>‘{0}’ looks at ‘{1}’ with weight {2}</source>
        <translation>「{0}」は「{1}」を重み{2}で見ています</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Notes on the run</source>
        <translation>実行のメモ</translation>
    </message>
    <message>
        <source>What you want to remember about this run</source>
        <translation>この実行について覚えておきたいこと</translation>
    </message>
    <message>
        <source>The sample model belongs to the program and stays as it is.</source>
        <translation>サンプルモデルはプログラムの一部なので、変更できません。</translation>
    </message>
    <message>
        <source>Its folder is not there now.</source>
        <translation>フォルダーが今ありません。</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Tokenize</source>
        <translation>トークン化</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>構築</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>パイプライン</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行一覧</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>用語集</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>何をしますか？</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>コマンドパレット</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>該当するコマンド</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>該当するものがありません。</translation>
    </message>
</context>
<context>
    <name>PipelinePage</name>
    <message>
        <source>Pipeline</source>
        <translation>パイプライン</translation>
    </message>
    <message>
        <source>A text on its way through the model, stage by stage.</source>
        <translation>テキストがモデルを通る過程を、段階ごとに表示します。</translation>
    </message>
    <message>
        <source>A later version will walk a text through the model here, stage by stage with its real values, as a compiler explorer shows a compiler&apos;s passes. What each head looks at is on the Attention page already.</source>
        <translation>今後のバージョンでは、テキストがモデルを通る過程を、
実際の値で段階ごとにたどれるようになります。
各ヘッドが見ている先は、アテンションページで見られます。</translation>
    </message>
    <message>
        <source>Open the Attention page</source>
        <translation>アテンションページを開く</translation>
    </message>
</context>
<context>
    <name>PositionPicture</name>
    <message>
        <source>masked</source>
        <translation>マスク</translation>
    </message>
    <message>
        <source>Learned: each position&apos;s vector, as this model has it now.</source>
        <translation>学習：このモデルが今持っている、各位置のベクトルです。</translation>
    </message>
    <message>
        <source>Learned: one vector per position, {0} × {1} numbers, random at first. Training gives them their shape.</source>
        <translation>学習：位置ごとに1つのベクトル、全部で{0} × {1}個の数です。最初はランダムで、訓練によって形ができます。</translation>
    </message>
    <message>
        <source>Sinusoidal: each position adds its row of sines and cosines, slower to the right.</source>
        <translation>正弦波：各位置が、サインとコサインの行を足します。右ほどゆるやかな波です。</translation>
    </message>
    <message>
        <source>Rotary: each pair of a query&apos;s and key&apos;s numbers turns with the position.</source>
        <translation>回転：クエリとキーの数の組が、位置に応じて回ります。</translation>
    </message>
    <message>
        <source>ALiBi: each head takes its slope times the distance off every score.</source>
        <translation>ALiBi：各ヘッドが、傾き×距離をすべてのスコアから引きます。</translation>
    </message>
    <message>
        <source>None: nothing says how far away a token is. Only the causal mask still tells which tokens came before.</source>
        <translation>なし：トークンがどれだけ離れているかはわかりません。どれが前にあったかだけは、因果マスクからわかります。</translation>
    </message>
    <message>
        <source>None: the order is lost. The same words in another order look the same.</source>
        <translation>なし：順序が失われます。同じ単語を並べ替えても、同じに見えます。</translation>
    </message>
    <message>
        <source>{0} (first {1} of {2})</source>
        <translation>{0}（{2}のうち最初の{1}）</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>次元</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>What is added to each token</source>
        <translation>各トークンに足されるもの</translation>
    </message>
    <message>
        <source>Cosine of the angle</source>
        <translation>角度のコサイン</translation>
    </message>
    <message>
        <source>Pair of numbers</source>
        <translation>数の組</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>Cosine of a vector and itself, turned</source>
        <translation>ベクトルと、回した自身とのコサイン</translation>
    </message>
    <message>
        <source>Distance (tokens)</source>
        <translation>距離（トークン）</translation>
    </message>
    <message>
        <source>Added to the score, head by head</source>
        <translation>スコアに足される値（ヘッド別）</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>足される値</translation>
    </message>
    <message>
        <source>All pairs of tokens in H{0}</source>
        <translation>H{0}でのすべてのトークンの組</translation>
    </message>
    <message>
        <source>Query position</source>
        <translation>クエリの位置</translation>
    </message>
    <message>
        <source>Key position</source>
        <translation>キーの位置</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>after the sliders</source>
        <translation>調整後</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>was {0}</source>
        <translation>元は{0}</translation>
    </message>
    <message>
        <source>‘{0}’, id {1}: model {2}, after the sliders {3}</source>
        <translation>「{0}」、ID {1}：モデル{2}、調整後{3}</translation>
    </message>
    <message>
        <source>cut by top-k</source>
        <translation>top-kで除外</translation>
    </message>
    <message>
        <source>cut by top-p</source>
        <translation>top-pで除外</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>RunMenu</name>
    <message>
        <source>Sample model</source>
        <translation>サンプルモデル</translation>
    </message>
    <message>
        <source>Open a run folder…</source>
        <translation>実行フォルダーを開く…</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>すべての実行</translation>
    </message>
</context>
<context>
    <name>RunNames</name>
    <message>
        <source>A run needs a name. Type at least one letter.</source>
        <translation>実行には名前が必要です。1文字以上入力してください。</translation>
    </message>
    <message>
        <source>The name has {0} letters, but may have {1} at most. Shorten it.</source>
        <translation>名前が{0}文字あります。{1}文字以内に短くしてください。</translation>
    </message>
    <message>
        <source>A run&apos;s name is its folder&apos;s name and cannot contain “{0}”. Leave it out.</source>
        <translation>実行の名前はフォルダー名になるため、「{0}」は使えません。取り除いてください。</translation>
    </message>
    <message>
        <source>A name cannot begin with a space or a dot, nor end with one. Leave it out.</source>
        <translation>名前の最初と最後に空白やピリオドは使えません。取り除いてください。</translation>
    </message>
    <message>
        <source>“{0}” is reserved by some systems. Choose another name.</source>
        <translation>「{0}」は一部のシステムで予約されています。別の名前にしてください。</translation>
    </message>
    <message>
        <source>There is already a run called “{0}”. Choose another name.</source>
        <translation>「{0}」という実行はすでにあります。別の名前にしてください。</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>実行一覧</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>フォルダーを開く…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>取り込む…</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新しい実行</translation>
    </message>
    <message>
        <source>Filter the runs by name, notes, text, kind or state</source>
        <translation>名前・メモ・テキスト・種類・状態で絞り込む</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>No run contains these letters.</source>
        <translation>一致する実行がありません。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Detach</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>フォルダーを表示</translation>
    </message>
    <message>
        <source>Make a run of a Hugging Face folder (GPT-2, Llama, Mistral, Qwen2, BERT, BART)</source>
        <translation>Hugging Faceのフォルダーから実行を作ります(GPT-2、Llama、Mistral、Qwen2、BERT、BART)</translation>
    </message>
    <message>
        <source>Here every model that you train will have its line: its curve, its loss, and what it wrote.</source>
        <translation>訓練したモデルがここに並び、曲線、損失、生成文を比べられます。</translation>
    </message>
    <message>
        <source>Train a first one</source>
        <translation>最初のモデルを訓練する</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Draw their curves over one another (Enter)</source>
        <translation>曲線を重ねて描きます（Enter）</translation>
    </message>
    <message>
        <source>Show this run on all pages (Enter)</source>
        <translation>この実行をすべてのページで表示します (Enter)</translation>
    </message>
    <message>
        <source>Pick a run in the table first.</source>
        <translation>先に表から実行を選んでください。</translation>
    </message>
    <message>
        <source>Add a run that lies elsewhere, on another disk or machine; it stays there</source>
        <translation>別のディスクやマシンにある実行を加えます。場所はそのままです</translation>
    </message>
    <message>
        <source>Sample at step {0}</source>
        <translation>ステップ{0}のサンプル</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>最良の損失</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲線</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>The lowest validation loss of all evaluations, in nats per token</source>
        <translation>すべての評価のうち最も低い検証損失（ナット／トークン）</translation>
    </message>
    <message>
        <source>Training loss over the steps; sorted by the last one</source>
        <translation>ステップごとの訓練損失。最後の値で並べます</translation>
    </message>
    <message>
        <source>Bytes on disk</source>
        <translation>ディスク上のバイト数</translation>
    </message>
    <message>
        <source>The run or the folder that its model comes from</source>
        <translation>モデルの元になった実行またはフォルダ</translation>
    </message>
    <message>
        <source>Quantizing to 8 bits</source>
        <translation>8ビットへの量子化</translation>
    </message>
    <message>
        <source>Quantizing to 4 bits</source>
        <translation>4ビットへの量子化</translation>
    </message>
    <message>
        <source>Merging adapters</source>
        <translation>アダプターの統合</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>取り込み</translation>
    </message>
    <message>
        <source>Further training</source>
        <translation>追加の訓練</translation>
    </message>
    <message>
        <source>LoRA training</source>
        <translation>LoRAによる訓練</translation>
    </message>
    <message>
        <source>{0}, step {1}</source>
        <translation>{0}、ステップ{1}</translation>
    </message>
    <message>
        <source>This run cannot be read.</source>
        <translation>この実行は読み込めません。</translation>
    </message>
    <message>
        <source>This run has no snapshot yet. Train it first.</source>
        <translation>この実行にはまだスナップショットがありません。先に訓練してください。</translation>
    </message>
    <message>
        <source>Its weights have few bits already. Pick the run that it was made from.</source>
        <translation>重みはすでに量子化されています。元の実行を選んでください。</translation>
    </message>
    <message>
        <source>It has no adapters: it was not trained with LoRA.</source>
        <translation>アダプターがありません。LoRAで訓練されていません。</translation>
    </message>
    <message>
        <source>Its weights have few bits. Save the run that it was made from.</source>
        <translation>重みは量子化されています。元の実行を保存してください。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>トークン/秒</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>元</translation>
    </message>
    <message>
        <source>{0} of the size.</source>
        <translation>サイズは元の{0}。</translation>
    </message>
    <message>
        <source>{0} of the size, perplexity {1}</source>
        <translation>サイズは元の{0}、パープレキシティ{1}</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>書き込み中</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>読み込み中</translation>
    </message>
    <message>
        <source>reading the text</source>
        <translation>テキストを読み込み中</translation>
    </message>
    <message>
        <source>encoding the text</source>
        <translation>テキストを符号化中</translation>
    </message>
    <message>
        <source>judging both models</source>
        <translation>両方のモデルを評価中</translation>
    </message>
    <message>
        <source>measuring their speed</source>
        <translation>速度を測定中</translation>
    </message>
    <message>
        <source>Type another name and press Enter (F2)</source>
        <translation>新しい名前を入力してEnterを押します (F2)</translation>
    </message>
    <message>
        <source>Take it off this list; its folder stays as it is (Del)</source>
        <translation>一覧から外します。フォルダはそのままです（Del）</translation>
    </message>
    <message>
        <source>Take the run away; Undo brings it back (Del)</source>
        <translation>実行を取り除きます。「元に戻す」で戻せます（Del）</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>実行の名前</translation>
    </message>
    <message>
        <source>Text that the model wrote last</source>
        <translation>モデルが最後に書いたテキスト</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>準備中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>訓練中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>破損</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>デコーダ</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>エンコーダ</translation>
    </message>
    <message>
        <source>Enc–dec</source>
        <translation>エンコーダ・デコーダ</translation>
    </message>
    <message>
        <source>on {0}</source>
        <translation>{0}上</translation>
    </message>
    <message>
        <source>There is no run in {0} now. Connect its disk, or detach it.</source>
        <translation>{0}には今、実行がありません。ディスクをつなぐか、一覧から外してください。</translation>
    </message>
    <message>
        <source>from {0} at step {1} to {2} at step {3}</source>
        <translation>{0}（ステップ{1}）から{2}（ステップ{3}）まで</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>{0} min ago</source>
        <translation>{0}分前</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>検証損失</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>ディスク使用量</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>作成方法</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}、{1}</translation>
    </message>
    <message>
        <source>Training text</source>
        <translation>訓練テキスト</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>トークナイザー</translation>
    </message>
    <message>
        <source>Not trained</source>
        <translation>未訓練</translation>
    </message>
    <message>
        <source>{0} at step {1}</source>
        <translation>{0}（ステップ{1}）</translation>
    </message>
    <message>
        <source>As in the preset “{0}”</source>
        <translation>プリセット「{0}」と同じ</translation>
    </message>
    <message>
        <source>Unlike the preset “{0}”</source>
        <translation>プリセット「{0}」との違い</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>{0} runs</source>
        <translation>実行{0}件</translation>
    </message>
    <message>
        <source>{0} in training</source>
        <translation>訓練中{0}件</translation>
    </message>
    <message>
        <source>{0} on disk</source>
        <translation>ディスク使用量{0}</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>実行1件</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0}トークン</translation>
    </message>
    <message>
        <source>The sample model belongs to the program and stays as it is.</source>
        <translation>サンプルモデルはプログラムの一部なので、変更できません。</translation>
    </message>
    <message>
        <source>Its folder is not there now.</source>
        <translation>フォルダが今ありません。</translation>
    </message>
    <message>
        <source>A trainer is at work on this run. Stop it on the Train page first.</source>
        <translation>この実行は訓練中です。先に訓練ページで停止してください。</translation>
    </message>
    <message>
        <source>No file manager answered. The run is in {0}.</source>
        <translation>ファイルマネージャーが応答しません。実行は{0}にあります。</translation>
    </message>
    <message>
        <source>At most {0} runs are drawn over one another. Pick fewer.</source>
        <translation>重ねて描けるのは{0}個までです。選択を減らしてください。</translation>
    </message>
    <message>
        <source>Only one of the runs may lie outside your own folder. Leave the others out.</source>
        <translation>自分のフォルダの外にある実行は1つだけ選べます。ほかは外してください。</translation>
    </message>
    <message>
        <source>“{0}” has no curve. Leave it out.</source>
        <translation>「{0}」には曲線がありません。外してください。</translation>
    </message>
    <message>
        <source>“{0}” stays: {1}</source>
        <translation>「{0}」は残ります：{1}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>“{0}” was deleted.</source>
        <translation>「{0}」を削除しました。</translation>
    </message>
    <message>
        <source>{0} runs were deleted.</source>
        <translation>{0}個の実行を削除しました。</translation>
    </message>
    <message>
        <source>“{0}” is off the list; its folder is as it was.</source>
        <translation>「{0}」を一覧から外しました。フォルダはそのままです。</translation>
    </message>
    <message>
        <source>{0} runs are off the list; their folders are as they were.</source>
        <translation>{0}個の実行を一覧から外しました。フォルダはそのままです。</translation>
    </message>
    <message>
        <source>“{0}” is back.</source>
        <translation>「{0}」を戻しました。</translation>
    </message>
    <message>
        <source>{0} runs are back.</source>
        <translation>{0}個の実行を戻しました。</translation>
    </message>
    <message>
        <source>Open a run folder</source>
        <translation>実行フォルダーを開く</translation>
    </message>
    <message>
        <source>Open the picked run</source>
        <translation>選んだ実行を開く</translation>
    </message>
    <message>
        <source>Compare the picked runs</source>
        <translation>選んだ実行を比較</translation>
    </message>
    <message>
        <source>Rename the picked run</source>
        <translation>選んだ実行の名前を変更</translation>
    </message>
    <message>
        <source>Write notes on the picked run</source>
        <translation>選んだ実行のメモを書く</translation>
    </message>
    <message>
        <source>Fork the picked run…</source>
        <translation>選んだ実行から分岐…</translation>
    </message>
    <message>
        <source>Delete what is picked</source>
        <translation>選んだものを削除</translation>
    </message>
    <message>
        <source>Bring back what was deleted</source>
        <translation>削除したものを戻す</translation>
    </message>
    <message>
        <source>Show the picked run&apos;s folder</source>
        <translation>選んだ実行のフォルダーを表示</translation>
    </message>
    <message>
        <source>Filter the runs</source>
        <translation>実行を絞り込む</translation>
    </message>
    <message>
        <source>Train a new run</source>
        <translation>新しい実行を訓練</translation>
    </message>
    <message>
        <source>Smaller copy</source>
        <translation>小さな複製</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8ビット</translation>
    </message>
    <message>
        <source>4 bits</source>
        <translation>4ビット</translation>
    </message>
    <message>
        <source>Merge adapters</source>
        <translation>アダプターを統合</translation>
    </message>
    <message>
        <source>Save as Hugging Face folder…</source>
        <translation>Hugging Face形式で保存…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Model at step {0}</source>
        <translation>ステップ{0}のモデル</translation>
    </message>
    <message>
        <source>A new run with the same weights in {0} bits, and what that costs</source>
        <translation>同じ重みを{0}ビットにした新しい実行を作り、その代償を測ります</translation>
    </message>
    <message>
        <source>A new run with what LoRA has learned added to the weights</source>
        <translation>LoRAが学んだものを重みに足した新しい実行を作ります</translation>
    </message>
    <message>
        <source>A folder that the library transformers reads</source>
        <translation>ライブラリーtransformersで読めるフォルダーを作ります</translation>
    </message>
    <message>
        <source>Something is being made already. Wait for it, or cancel it.</source>
        <translation>ほかのものを作成中です。待つか、取り消してください。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>元</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>系譜</translation>
    </message>
    <message>
        <source>Show that run</source>
        <translation>その実行を表示</translation>
    </message>
    <message>
        <source>It is not in the list</source>
        <translation>一覧にありません</translation>
    </message>
    <message>
        <source>{0}, from {1} at step {2}</source>
        <translation>{0}（{1}のステップ{2}から）</translation>
    </message>
    <message>
        <source>Open a Hugging Face folder</source>
        <translation>Hugging Faceフォルダーを開く</translation>
    </message>
    <message>
        <source>Choose where the folder “{0}” is put</source>
        <translation>フォルダー「{0}」の保存先を選ぶ</translation>
    </message>
    <message>
        <source>Making “{0}”: {1}…</source>
        <translation>「{0}」を作成中: {1}…</translation>
    </message>
    <message>
        <source>Making “{0}”…</source>
        <translation>「{0}」を作成中…</translation>
    </message>
    <message>
        <source>“{0}” was made.</source>
        <translation>「{0}」を作りました。</translation>
    </message>
    <message>
        <source>The folder is in {0}.</source>
        <translation>フォルダーは{0}にあります。</translation>
    </message>
    <message>
        <source>Smaller copy, 8 bits</source>
        <translation>小さな複製(8ビット)</translation>
    </message>
    <message>
        <source>Smaller copy, 4 bits</source>
        <translation>小さな複製(4ビット)</translation>
    </message>
    <message>
        <source>Open a Hugging Face folder…</source>
        <translation>Hugging Faceフォルダーを開く…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the command: {0}</source>
        <translation>コマンドをコピー：{0}</translation>
    </message>
    <message>
        <source>Commands for a terminal</source>
        <translation>端末用のコマンド</translation>
    </message>
    <message>
        <source>Train a new run that begins with these weights, with other settings</source>
        <translation>この重みから始め、別の設定で新しい実行を訓練します</translation>
    </message>
    <message>
        <source>Go on from it</source>
        <translation>ここから続ける</translation>
    </message>
    <message>
        <source>Step to go on from</source>
        <translation>続け始めるステップ</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>分岐…</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>ステップ{0}</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>{0} runs picked, best loss of each</source>
        <translation>選択中の実行{0}件（それぞれの最良の損失）</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>ほか{0}個</translation>
    </message>
    <message>
        <source>Delete all of them</source>
        <translation>すべて削除</translation>
    </message>
    <message>
        <source>Take them away; Undo brings them back (Del)</source>
        <translation>取り除きます。「元に戻す」で戻せます（Del）</translation>
    </message>
    <message>
        <source>Train it here</source>
        <translation>ここで訓練</translation>
    </message>
    <message>
        <source>Train it with {0} processes</source>
        <translation>{0}個のプロセスで訓練</translation>
    </message>
    <message>
        <source>Write its curves for TensorBoard</source>
        <translation>曲線をTensorBoard用に書き出す</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>{0}から</translation>
    </message>
</context>
<context>
    <name>SamplingPresets</name>
    <message>
        <source>Greedy</source>
        <translation>貪欲</translation>
    </message>
    <message>
        <source>Careful</source>
        <translation>慎重</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>標準</translation>
    </message>
    <message>
        <source>Wild</source>
        <translation>奔放</translation>
    </message>
    <message>
        <source>Always the likeliest token: no chance, and soon repetition.</source>
        <translation>常に最有力のトークンを選びます。偶然はなく、すぐに繰り返しになります。</translation>
    </message>
    <message>
        <source>Keeps to what is likely.</source>
        <translation>有力なものから選びます。</translation>
    </message>
    <message>
        <source>Some variety, few mistakes.</source>
        <translation>適度な変化があり、間違いは少なめです。</translation>
    </message>
    <message>
        <source>Nothing is cut, and unlikely tokens become likelier.</source>
        <translation>何も除外せず、確率の低いトークンも選ばれやすくします。</translation>
    </message>
</context>
<context>
    <name>SchedulePreview</name>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Warmup</source>
        <translation>ウォームアップ</translation>
    </message>
    <message>
        <source>Learning rate over the training</source>
        <translation>訓練全体の学習率</translation>
    </message>
    <message>
        <source>Warmup {0} steps, peak {1}, at step {2} {3}</source>
        <translation>ウォームアップ{0}ステップ、最大{1}、ステップ{2}で{3}</translation>
    </message>
    <message>
        <source>peak {0}</source>
        <translation>最大{0}</translation>
    </message>
    <message>
        <source>{0} steps</source>
        <translation>{0}ステップ</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Fetching from the hub needs the package huggingface_hub, which is not installed. Install it with: pip install &quot;transformer-playground[hub]&quot;, or fetch the folder yourself and import that.</source>
        <translation>Hugging Face Hubからの取得に必要なパッケージhuggingface_hubがインストールされていません。「pip install &quot;transformer-playground[hub]&quot;」でインストールするか、自分でフォルダーを取得して取り込んでください。</translation>
    </message>
    <message>
        <source>{0} has its weights in {1}, a format that can carry programs, so it is not opened. Save the model as safetensors: model.save_pretrained(folder, safe_serialization=True).</source>
        <translation>{0}の重みは{1}にありますが、プログラムを含みうる形式なので開きません。モデルをsafetensorsとして保存してください：model.save_pretrained(folder, safe_serialization=True)。</translation>
    </message>
    <message>
        <source>The folder lacks {0}: the model was saved without the part that predicts tokens. Save it anew with that part, e.g. from AutoModelForMaskedLM or AutoModelForCausalLM.</source>
        <translation>フォルダーに{0}がありません。トークンを予測する部分なしで保存されたモデルです。AutoModelForMaskedLMやAutoModelForCausalLMなどを使い、その部分も含めて保存し直してください。</translation>
    </message>
    <message>
        <source>The text is too short: its training part has {0} tokens, and a context of {1} needs at least {2}. Choose a longer text, or set model.n_ctx to less than {3}.</source>
        <translation>テキストが短すぎます。訓練用の部分は{0}トークンで、コンテキスト{1}には少なくとも{2}トークンが必要です。もっと長いテキストを選ぶか、model.n_ctxを{3}未満にしてください。</translation>
    </message>
    <message>
        <source>The text has {0} distinct characters, more than a vocabulary of {1} holds. Set tokenizer.vocab_size to at least {2}, or switch tokenizer.byte_fallback on.</source>
        <translation>テキストには異なる文字が{0}種類あり、{1}個の語彙に収まりません。tokenizer.vocab_sizeを{2}以上にするか、tokenizer.byte_fallbackを有効にしてください。</translation>
    </message>
    <message>
        <source>The text is too short: of its {0} pairs {1} are left to learn from and {2} new ones to judge by. Choose a longer text, or change data.validation_fraction.</source>
        <translation>テキストが短すぎます。{0}組の対訳のうち、訓練に使えるのは{1}組、評価に使える新しいものは{2}組です。もっと長いテキストを選ぶか、data.validation_fractionを変えてください。</translation>
    </message>
    <message>
        <source>A run that goes on keeps its settings, and {0} would change. Only {1} may, and {2} together. For anything else begin a new run from this one with --from.</source>
        <translation>実行を続けるときは設定を変えられませんが、{0}が変わっています。変えられるのは{1}と、{2}の組み合わせだけです。ほかを変えるには、--fromでこの実行から新しい実行を始めてください。</translation>
    </message>
    <message>
        <source>There is not enough memory for a batch of {0} sequences. Halve training.batch_size and double training.accumulation_steps, or choose a smaller model.</source>
        <translation>{0}列のバッチにはメモリが足りません。training.batch_sizeを半分に、training.accumulation_stepsを2倍にするか、もっと小さいモデルを選んでください。</translation>
    </message>
    <message>
        <source>{0} has only vocab.json and merges.txt for {1}, whose way of cutting text they do not tell. Save the tokenizer as tokenizer.json with `transformers`.</source>
        <translation>{0}には{1}用のvocab.jsonとmerges.txtしかなく、テキストの分け方がわかりません。`transformers`でトークナイザーをtokenizer.jsonとして保存してください。</translation>
    </message>
    <message>
        <source>This model is an encoder: it sees the whole text at once and fills in masks, so it has no surprise at each next token. Score a text with a decoder.</source>
        <translation>このモデルはエンコーダです。テキスト全体を一度に見てマスクを埋めるため、次のトークンごとの驚きはありません。テキストの驚きはデコーダで調べてください。</translation>
    </message>
    <message>
        <source>Line {0} of {1} is no pair: {2}, and it must be a sentence, one tab, and its translation. Correct the line, or name a second file in data.target.</source>
        <translation>{1}の{0}行目は対訳ではありません（{2}）。文、タブ1つ、訳文の順でなければなりません。行を直すか、data.targetに2つ目のファイルを指定してください。</translation>
    </message>
    <message>
        <source>No line of the text fits into the context: the longest has {0} tokens, and {1} are the most. Raise model.n_ctx, or set data.examples to windows.</source>
        <translation>テキストのどの行もコンテキストに収まりません。最も長い行は{0}トークンで、上限は{1}トークンです。model.n_ctxを大きくするか、data.examplesを「区間」にしてください。</translation>
    </message>
    <message>
        <source>training.optimizer is {0}, which needs whole matrices, and training.sharding cuts them. Choose one of {1}, or set training.sharding to none.</source>
        <translation>training.optimizerの{0}は分割されていない行列を必要としますが、training.shardingは行列を分割します。{1}のどれかを選ぶか、training.shardingをnoneにしてください。</translation>
    </message>
    <message>
        <source>model.position is &apos;rotary&apos;, which turns pairs of numbers, but each head has {0}. Choose fewer heads, another width, or learned positions.</source>
        <translation>model.positionの「回転」は数を2つずつ組にして回しますが、各ヘッドは{0}次元で、組になりません。ヘッドを減らすか、幅を変えるか、学習型の位置を選んでください。</translation>
    </message>
    <message>
        <source>Attention cannot have {0} heads of {1} numbers and {2} key heads. All must be 1 or more, and the key heads must divide the heads evenly.</source>
        <translation>ヘッド{0}個（各{1}次元）とキーヘッド{2}個では、アテンションを作れません。どれも1以上にし、ヘッドの数がキーヘッドの数で割り切れるようにしてください。</translation>
    </message>
    <message>
        <source>The text is too short: its validation part has {0} tokens, and 2 are the least. Choose a longer text, or raise data.validation_fraction.</source>
        <translation>テキストが短すぎます。検証用の部分は{0}トークンですが、少なくとも2トークン必要です。もっと長いテキストを選ぶか、data.validation_fractionを大きくしてください。</translation>
    </message>
    <message>
        <source>The model&apos;s output is not a number: its training has diverged. Choose an earlier snapshot, or train again with a lower learning rate.</source>
        <translation>モデルの出力が数ではありません。訓練が発散しています。前のスナップショットを選ぶか、学習率を下げて訓練し直してください。</translation>
    </message>
    <message>
        <source>{0} numbers the pieces of source.spm anew in vocab.json, which is not read. Save the tokenizer as tokenizer.json with `transformers`.</source>
        <translation>{0}では、vocab.jsonがsource.spmのピースの番号を付け直していますが、この形式は読み込めません。`transformers`でトークナイザーをtokenizer.jsonとして保存してください。</translation>
    </message>
    <message>
        <source>Another of the {0} processes of this training ended. Look at what torchrun prints; with --max-restarts it starts all of them anew.</source>
        <translation>この訓練の{0}個のプロセスのうち、ほかの1つが終了しました。torchrunの出力を確認してください。--max-restartsを付けると、すべてのプロセスが起動し直されます。</translation>
    </message>
    <message>
        <source>A step has {0} sequences, fewer than the {1} processes that should share it. Raise training.batch_size, or start fewer processes.</source>
        <translation>1ステップが{0}列で、分担する{1}個のプロセスより少なくなっています。training.batch_sizeを大きくするか、プロセスを減らしてください。</translation>
    </message>
    <message>
        <source>The text {0} has changed since this run began, so it cannot go on exactly. Restore the text, or start a new run on the new one.</source>
        <translation>この実行を始めた後でテキスト{0}が変わったため、正確に続けることができません。テキストを元に戻すか、新しいテキストで新しい実行を始めてください。</translation>
    </message>
    <message>
        <source>{0} is damaged or cannot be read, so where the training stood is not known. Resume the run: nothing else depends on that file.</source>
        <translation>{0}が破損しているか読み込めないため、訓練がどこまで進んだかわかりません。実行を再開してください。ほかの部分には影響しません。</translation>
    </message>
    <message>
        <source>{0} is no text: character {1} is a zero byte. Choose a text file; if it is UTF-16, save it with a byte order mark or as UTF-8.</source>
        <translation>{0}はテキストではありません。位置{1}の文字がゼロバイトです。テキストファイルを選んでください。UTF-16の場合は、バイト順マークを付けるか、UTF-8で保存してください。</translation>
    </message>
    <message>
        <source>This model translates, so it is surprised by a translation of a sentence, not by a text alone. Score a text with a decoder.</source>
        <translation>このモデルは翻訳するので、驚きは文の訳に対するものです。テキストだけでは求められません。テキストの驚きはデコーダで調べてください。</translation>
    </message>
    <message>
        <source>{0} has no tokenizer: no {1}, {2}, vocab.txt, or vocab.json with merges.txt. Choose a folder that `save_pretrained` wrote.</source>
        <translation>{0}にトークナイザーがありません。{1}、{2}、vocab.txt、またはvocab.jsonとmerges.txtの組が必要です。`save_pretrained`で保存したフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{0}{1} has no {2} but {3}, a format that can carry programs, so it is not fetched. Choose a model with safetensors files.</source>
        <translation>{0}{1}に{2}がありません。代わりに{3}がありますが、プログラムを含みうる形式なので取得しません。safetensorsファイルのあるモデルを選んでください。</translation>
    </message>
    <message>
        <source>The tokenizer of {0} has {1} pieces, and the model&apos;s table {2} rows: they do not belong together. Fetch the folder anew.</source>
        <translation>{0}のトークナイザーのピースは{1}個ですが、モデルの表は{2}行で、互いに合いません。フォルダーを取得し直してください。</translation>
    </message>
    <message>
        <source>config.json: {0} scales the positions ({1}), which cannot be built here yet. Choose a model with plain rotary positions.</source>
        <translation>config.jsonの{0}は位置を伸縮する設定（{1}）ですが、このプログラムではまだ作れません。通常の回転位置のモデルを選んでください。</translation>
    </message>
    <message>
        <source>model.n_heads is {0}, which does not divide model.d_model = {1}. Choose {2} heads, or a width that is a multiple of {3}.</source>
        <translation>model.n_headsが{0}ですが、model.d_model（{1}）を割り切れません。ヘッドを{2}個にするか、幅を{3}の倍数にしてください。</translation>
    </message>
    <message>
        <source>tokenizer.vocab_size is {0}, but byte fallback alone takes 256 pieces. Choose at least 300, or switch byte fallback off.</source>
        <translation>tokenizer.vocab_sizeが{0}ですが、バイトフォールバックだけで256ピースを使います。300以上にするか、バイトフォールバックをオフにしてください。</translation>
    </message>
    <message>
        <source>{0} is finished: all {1} steps are done. Make it longer with --resume --set training.max_steps={2}, or start a new run.</source>
        <translation>{0}は完了しています。全{1}ステップが終わりました。--resume --set training.max_steps={2}で延長するか、新しい実行を始めてください。</translation>
    </message>
    <message>
        <source>{0} is damaged: tokenizer.toml says {1} pieces, and {2} has {3}. Restore it from a copy, or train the tokenizer anew.</source>
        <translation>{0}は破損しています。tokenizer.tomlではピースが{1}個ですが、{2}には{3}個あります。コピーから復元するか、トークナイザーを訓練し直してください。</translation>
    </message>
    <message>
        <source>{0} is damaged: its numbers are not those that were written. Choose another snapshot, or restore it from a copy.</source>
        <translation>{0}が破損しています。書き込んだときの数値と違います。別のスナップショットを選ぶか、コピーから復元してください。</translation>
    </message>
    <message>
        <source>{0} is not UTF-8 (byte {1} does not fit); it looks like {2}. Convert it first: iconv -f {3} -t UTF-8 FILE &gt; NEW.</source>
        <translation>{0}はUTF-8ではなく（位置{1}のバイトが合いません）、{2}のようです。先に「iconv -f {3} -t UTF-8 FILE &gt; NEW」で変換してください。</translation>
    </message>
    <message>
        <source>Training diverged at step {0}: {1}. {2} Go on from there with a learning rate below {3}, or clip the gradient.</source>
        <translation>ステップ{0}で訓練が発散しました（{1}）。{2}学習率を{3}未満にしてそこから続けるか、勾配をクリッピングしてください。</translation>
    </message>
    <message>
        <source>{0}{1} is given only to people who agreed to its terms. Agree on its page and log in, or choose another model.</source>
        <translation>{0}{1}は、利用条件に同意した人だけが取得できます。モデルのページで同意してログインするか、別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The model needs {0} GB of memory, and {1} GB are free. Choose a smaller one, or close other programs.</source>
        <translation>このモデルには{0} GBのメモリが必要ですが、空きは{1} GBです。もっと小さいモデルを選ぶか、ほかのプログラムを閉じてください。</translation>
    </message>
    <message>
        <source>{0} cannot be resumed. {1} Restore one of them from a copy, or train the run anew under another name.</source>
        <translation>{0}は再開できません。{1}どれかをコピーから復元するか、別の名前で訓練し直してください。</translation>
    </message>
    <message>
        <source>No pair of sentences fits into the context of {0} tokens. Raise model.n_ctx, or cut the sentences.</source>
        <translation>{0}トークンのコンテキストに収まる対訳がありません。model.n_ctxを大きくするか、文を短くしてください。</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: it gives the id {0} to {1}, and reads it as another. Choose another one.</source>
        <translation>トークナイザーが破損しています。{1}に割り当てたID {0}が、読み込むと別のIDになります。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>config.json: head_dim is {0}, and only hidden_size / num_attention_heads = {1} can be built here.</source>
        <translation>config.jsonのhead_dimは{0}ですが、作れるのはhidden_size / num_attention_heads = {1}のモデルだけです。</translation>
    </message>
    <message>
        <source>training.compile is true, but no C++ compiler is there. Install g++ or clang, or set it to false.</source>
        <translation>training.compileがtrueですが、C++コンパイラーがありません。g++またはclangをインストールするか、falseにしてください。</translation>
    </message>
    <message>
        <source>{0} has a tokenizer of its own Python code (auto_map), which is never run. Choose another model.</source>
        <translation>{0}のトークナイザーには独自のPythonコード（auto_map）がありますが、こうしたコードは実行しません。別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>{0} is damaged or no safetensors file ({1}). Choose another snapshot, or restore it from a copy.</source>
        <translation>{0}は破損しているか、safetensorsファイルではありません（{1}）。別のスナップショットを選ぶか、コピーから復元してください。</translation>
    </message>
    <message>
        <source>The model is unlike that of {0}, which it goes on from. Keep all of [model] but the dropout.</source>
        <translation>モデルが、引き継ぐ実行{0}のモデルと違います。[model]の設定は、ドロップアウト以外をすべて同じにしてください。</translation>
    </message>
    <message>
        <source>The tokenizer needs more memory than any of its size, so it is not used. Choose another one.</source>
        <translation>トークナイザーが大きさのわりに多くのメモリを必要とするため、使いません。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} times {1} is {2} in this run and would be {3}. Change both, so that their product stays.</source>
        <translation>{0}と{1}の積が、この実行の{2}から{3}に変わってしまいます。積が変わらないように、両方を変えてください。</translation>
    </message>
    <message>
        <source>The tokenizer broke the process that tried it ({0}), so it is not used. Choose another one.</source>
        <translation>トークナイザーを試したプロセスが異常終了したため（{0}）、使いません。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>training.compile and training.sharding do not go together. Set one of them to its default.</source>
        <translation>training.compileとtraining.shardingは同時に使えません。どちらかを既定値にしてください。</translation>
    </message>
    <message>
        <source>It has format {0}, made by a newer version; this one reads up to {1}. Update the program.</source>
        <translation>形式{0}は新しいバージョンで作られたものです。このバージョンで読めるのは形式{1}までです。プログラムを更新してください。</translation>
    </message>
    <message>
        <source>config.json: attention_bias is true, and biases in attention alone cannot be built here.</source>
        <translation>config.jsonのattention_biasがtrueですが、アテンションだけにバイアスのあるモデルは、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>model.queries_per_kv_head is {0}, which does not divide model.n_heads = {1}. Choose {2}.</source>
        <translation>model.queries_per_kv_headが{0}ですが、model.n_heads（{1}）を割り切れません。{2}にしてください。</translation>
    </message>
    <message>
        <source>start.method is &apos;lora&apos;, but start.run is empty. Name the run that adapters are added to.</source>
        <translation>start.methodがLoRAですが、start.runが空です。アダプターを加える実行を指定してください。</translation>
    </message>
    <message>
        <source>The prompt is empty, and the model needs at least one token to go on from. Type a word.</source>
        <translation>プロンプトが空です。モデルが続きを書くには、少なくとも1トークンが必要です。単語を入力してください。</translation>
    </message>
    <message>
        <source>config.json: position_embedding_type is not &apos;absolute&apos;, the only one that can be built.</source>
        <translation>config.jsonのposition_embedding_typeがabsoluteではありません。作れるのはabsoluteのモデルだけです。</translation>
    </message>
    <message>
        <source>{0} has a bias that does not fit its model: the file is damaged. Quantize the run anew.</source>
        <translation>{0}のバイアスがモデルに合いません。ファイルが破損しています。実行を量子化し直してください。</translation>
    </message>
    <message>
        <source>The other processes of this training cannot be reached: {0}. Check torchrun&apos;s options.</source>
        <translation>この訓練のほかのプロセスに接続できません（{0}）。torchrunのオプションを確認してください。</translation>
    </message>
    <message>
        <source>{0} is damaged: it does not hold an object. Restore it from a copy, or delete the run.</source>
        <translation>{0}が破損しています。内容がオブジェクトではありません。コピーから復元するか、実行を削除してください。</translation>
    </message>
    <message>
        <source>{0} is in only one of the checkpoint at step {1} and the model that was trained again.</source>
        <translation>{0}は、ステップ{1}のチェックポイントと訓練し直したモデルの一方にしかありません。</translation>
    </message>
    <message>
        <source>Piece {0} of the tokenizer has {1} bytes; {2} are the most. Choose another tokenizer.</source>
        <translation>トークナイザーのピース{0}は{1}バイトですが、上限は{2}バイトです。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>The longest context is {0}. Give the number of tokens to measure up to, such as 2048.</source>
        <translation>最長のコンテキストが{0}になっています。測定するトークン数の上限を、2048のように指定してください。</translation>
    </message>
    <message>
        <source>The tokenizer is a SentencePiece model: tokenizer.json cannot cut every text like it.</source>
        <translation>トークナイザーはSentencePieceのモデルです。tokenizer.jsonでは、すべてのテキストを同じように分けることはできません。</translation>
    </message>
    <message>
        <source>There is no head {0} in layer {1}: this model has layers 0 to {2} and heads 0 to {3}.</source>
        <translation>層{1}にヘッド{0}はありません。このモデルの層は0から{2}まで、ヘッドは0から{3}までです。</translation>
    </message>
    <message>
        <source>config.json: encoder_{0} is {1} and decoder_{2} is {3}. Only equal ones can be built.</source>
        <translation>config.jsonのencoder_{0}は{1}、decoder_{2}は{3}です。作れるのは両方が等しいモデルだけです。</translation>
    </message>
    <message>
        <source>{0} holds no pair of sentences. Choose a file with some lines of source, tab, target.</source>
        <translation>{0}には対訳がありません。各行が「原文、タブ、訳文」のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{0} is no text (byte {1} is not UTF-8, and there are zero bytes). Choose a text file.</source>
        <translation>{0}はテキストではありません（位置{1}のバイトがUTF-8ではなく、ゼロバイトも含まれています）。テキストファイルを選んでください。</translation>
    </message>
    <message>
        <source>{0} was trained before, to step {1}. Resume it with --resume, or choose another name.</source>
        <translation>{0}はすでにステップ{1}まで訓練されています。--resumeで再開するか、別の名前を選んでください。</translation>
    </message>
    <message>
        <source>The folder {0} holds no text file (looked for {1}). Choose another folder or a file.</source>
        <translation>フォルダー{0}にはテキストファイル（{1}）がありません。別のフォルダーかファイルを選んでください。</translation>
    </message>
    <message>
        <source>The tokenizer is not ready after {0} seconds, so it is not used. Choose another one.</source>
        <translation>{0}秒たってもトークナイザーの準備ができないため、使いません。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>The {0} has {1} tokens with its marks, and this model reads at most {2}. Shorten it.</source>
        <translation>{0}は印を含めて{1}トークンあります。このモデルで読めるのは{2}トークンまでです。短くしてください。</translation>
    </message>
    <message>
        <source>This model is an encoder: it fills masked tokens in, and cannot write on. Mask some.</source>
        <translation>このモデルはエンコーダです。マスクしたトークンを埋めるモデルなので、続きは書けません。トークンをいくつか隠してください。</translation>
    </message>
    <message>
        <source>{0} brings the text to more than {1} GB, the most that is read. Choose a part of it.</source>
        <translation>{0}を加えると、テキストが読み込める上限の{1} GBを超えます。一部だけを選んでください。</translation>
    </message>
    <message>
        <source>There is no text to train a tokenizer on. Choose a text with some characters in it.</source>
        <translation>トークナイザーの訓練に使うテキストがありません。文字の入ったテキストを選んでください。</translation>
    </message>
    <message>
        <source>There is not enough free memory for this. Choose a shorter text or a smaller model.</source>
        <translation>空きメモリが足りません。もっと短いテキストか、もっと小さいモデルを選んでください。</translation>
    </message>
    <message>
        <source>{0} has {1} lines and {2} has {3}; they must match line by line. Correct the files.</source>
        <translation>{0}は{1}行、{2}は{3}行です。1行ずつ対応していなければなりません。ファイルを直してください。</translation>
    </message>
    <message>
        <source>The text has {0} tokens, and the first has nothing before it. Score a longer text.</source>
        <translation>テキストは{0}トークンですが、先頭のトークンの前には何もありません。もっと長いテキストで調べてください。</translation>
    </message>
    <message>
        <source>The translation fills the context of {0} tokens, so nothing can follow. Clear it.</source>
        <translation>訳文が{0}トークンのコンテキストを使い切ったため、続きを書けません。訳文を消去してください。</translation>
    </message>
    <message>
        <source>{0} is damaged: vocab_size is {1}. Restore it from a copy, or train the run anew.</source>
        <translation>{0}が破損しています。vocab_sizeが{1}になっています。コピーから復元するか、実行を訓練し直してください。</translation>
    </message>
    <message>
        <source>No architecture of transformers is like this model. {0} is the nearest, but: {1}</source>
        <translation>このモデルと同じアーキテクチャはtransformersにありません。最も近いのは{0}ですが、次の点が違います。{1}</translation>
    </message>
    <message>
        <source>The tokenizer is damaged or not of a kind that is read: {0}. Choose another one.</source>
        <translation>トークナイザーが破損しているか、読み込めない種類です（{0}）。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} is not UTF-8 or UTF-16 text (byte {1} does not fit). Save it as UTF-8 first.</source>
        <translation>{0}はUTF-8でもUTF-16でもありません（位置{1}のバイトが合いません）。先にUTF-8で保存してください。</translation>
    </message>
    <message>
        <source>{0} has no adapters to merge: it was not trained with LoRA. Choose another run.</source>
        <translation>{0}には統合するアダプターがありません。LoRAで訓練されていません。別の実行を選んでください。</translation>
    </message>
    <message>
        <source>{0} holds no run, so nothing can go on from it. Check start.run in config.toml.</source>
        <translation>{0}には実行がないため、そこから続けることができません。config.tomlのstart.runを確認してください。</translation>
    </message>
    <message>
        <source>{0} is a link, and links are not followed. Put the file itself into the folder.</source>
        <translation>{0}はリンクです。リンクはたどりません。ファイルそのものをフォルダーに置いてください。</translation>
    </message>
    <message>
        <source>{0} is being trained by another process. Wait until it ends, or stop it first.</source>
        <translation>{0}は別のプロセスが訓練しています。終わるまで待つか、先に停止してください。</translation>
    </message>
    <message>
        <source>This model&apos;s tokenizer has no mask, so {0} means nothing to it. Leave it out.</source>
        <translation>このモデルのトークナイザーにはマスクがないため、{0}は使えません。取り除いてください。</translation>
    </message>
    <message>
        <source>{0} holds both sides of its pairs, but data.target is {1}. Empty data.target.</source>
        <translation>{0}には原文と訳文の両方がありますが、data.targetが{1}になっています。data.targetを空にしてください。</translation>
    </message>
    <message>
        <source>{0} is a link or no plain file, so it is not read. Put the file itself there.</source>
        <translation>{0}はリンクか、通常のファイルではないため、読み込みません。その場所にファイルそのものを置いてください。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1} is {2}, and ids go from 0 to {3}. Restore it from a copy.</source>
        <translation>{0}は破損しています。{1}は{2}ですが、IDは0から{3}までです。コピーから復元してください。</translation>
    </message>
    <message>
        <source>{0} is larger than the hub says it is, so it is not fetched. Try again later.</source>
        <translation>{0}はHugging Face Hubが示すサイズより大きいため、取得しません。しばらくしてからもう一度試してください。</translation>
    </message>
    <message>
        <source>config.json gives {0}_token_id {1}, and ids go from 0 to {2}. Fetch it anew.</source>
        <translation>config.jsonの{0}_token_idは{1}ですが、IDは0から{2}までです。取得し直してください。</translation>
    </message>
    <message>
        <source>Only an encoder fills masks in, and this model is none. Choose another run.</source>
        <translation>マスクを埋められるのはエンコーダだけですが、このモデルはエンコーダではありません。別の実行を選んでください。</translation>
    </message>
    <message>
        <source>The hub has no model {0}, or does not show it to everybody. Check the name.</source>
        <translation>モデル{0}はHugging Face Hubにないか、一般に公開されていません。名前を確認してください。</translation>
    </message>
    <message>
        <source>This model&apos;s token vectors are not all numbers. Choose an earlier snapshot.</source>
        <translation>このモデルのトークンのベクトルに、数でない値があります。前のスナップショットを選んでください。</translation>
    </message>
    <message>
        <source>model.position is &apos;sinusoidal&apos;, which needs an even model.d_model, not {0}.</source>
        <translation>model.positionの「正弦波」では、model.d_modelが偶数でなければなりません。今は{0}です。</translation>
    </message>
    <message>
        <source>{0} has nothing to bring back: it was not reset, or has been trained since.</source>
        <translation>{0}には元に戻せるものがありません。リセットされていないか、その後に訓練されています。</translation>
    </message>
    <message>
        <source>The sentence has {0} tokens, and this model reads at most {1}. Shorten it.</source>
        <translation>文が{0}トークンあります。このモデルで読めるのは{1}トークンまでです。文を短くしてください。</translation>
    </message>
    <message>
        <source>it was ended by signal {0}. Perhaps memory ran out: choose a shorter text.</source>
        <translation>シグナル{0}で終了しました。メモリが足りないのかもしれません。もっと短いテキストを選んでください。</translation>
    </message>
    <message>
        <source>{0} does not come to its end: the connection breaks every time. Try again.</source>
        <translation>{0}を最後まで取得できません。接続が毎回途中で切れます。もう一度試してください。</translation>
    </message>
    <message>
        <source>{0} is larger than {1} bytes, which no such file should be; it is damaged.</source>
        <translation>{0}は{1}バイトを超えています。この種類のファイルとしては大きすぎるため、破損しています。</translation>
    </message>
    <message>
        <source>{0} names code of its own ({1}), which is never run. Choose another model.</source>
        <translation>{0}に独自のコード（{1}）が指定されていますが、こうしたコードは実行しません。別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Masked is a token that the text does not have: it has {0}. Choose others.</source>
        <translation>テキストにないトークンが隠されています。テキストは{0}トークンです。別のトークンを選んでください。</translation>
    </message>
    <message>
        <source>Token vectors scaled by the width go only with sinusoidal positions here.</source>
        <translation>このプログラムでは、幅に応じて拡大したトークンのベクトルは、正弦波の位置でしか使えません。</translation>
    </message>
    <message>
        <source>You may not write there. Choose another folder or change its permissions.</source>
        <translation>書き込む権限がありません。別のフォルダーを選ぶか、アクセス権を変更してください。</translation>
    </message>
    <message>
        <source>{0} has no checkpoint yet, so there is nothing to verify. Train it first.</source>
        <translation>{0}にはまだチェックポイントがないため、検証するものがありません。先に訓練してください。</translation>
    </message>
    <message>
        <source>{0} is stored as {1}. Only F32, F16 and BF16 are read: convert the model.</source>
        <translation>{0}は{1}で保存されています。読み込めるのはF32、F16、BF16だけです。モデルを変換してください。</translation>
    </message>
    <message>
        <source>It was trained by {0} processes, which add up in another order than one.</source>
        <translation>訓練に使った{0}個のプロセスは、1個のときとは違う順序で足し合わせます。</translation>
    </message>
    <message>
        <source>data.source is empty. Choose a text file, a folder, or builtin:tales-en.</source>
        <translation>data.sourceが空です。テキストファイル、フォルダー、またはbuiltin:tales-enを選んでください。</translation>
    </message>
    <message>
        <source>{0} differs from {1}, which should be the same. It cannot be built here.</source>
        <translation>{0}が{1}と違いますが、同じでなければなりません。このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>{0} holds no run: there is no config.toml in it. Choose a run directory.</source>
        <translation>{0}には実行がありません。config.tomlが見つかりません。実行フォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{0} holds quantized weights, which are not read. Choose the plain model.</source>
        <translation>{0}の重みは量子化されているため、読み込めません。量子化されていないモデルを選んでください。</translation>
    </message>
    <message>
        <source>{0} is no safetensors file, or damaged: its header would have {1} bytes.</source>
        <translation>{0}はsafetensorsファイルではないか、破損しています。ヘッダーが{1}バイトあることになっています。</translation>
    </message>
    <message>
        <source>{0} is not UTF-8: byte {1} (0x{2}) does not fit. Save it as UTF-8 first.</source>
        <translation>{0}はUTF-8ではありません。位置{1}のバイト（0x{2}）が合いません。先にUTF-8で保存してください。</translation>
    </message>
    <message>
        <source>{0} does not fit its model: the file is damaged. Quantize the run anew.</source>
        <translation>{0}がモデルに合いません。ファイルが破損しています。実行を量子化し直してください。</translation>
    </message>
    <message>
        <source>{0} has no {1}. Choose a folder with config.json and safetensors files.</source>
        <translation>{0}に{1}がありません。config.jsonとsafetensorsファイルのあるフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1} is {2}. Restore it from a copy, or delete the file.</source>
        <translation>{0}が破損しています。{1}が{2}になっています。コピーから復元するか、このファイルを削除してください。</translation>
    </message>
    <message>
        <source>It belongs to another model: check config.toml, or choose another run.</source>
        <translation>別のモデルのものです。config.tomlを確認するか、別の実行を選んでください。</translation>
    </message>
    <message>
        <source>This model has no {0} attention; it is of the kind {1}, which has {2}.</source>
        <translation>このモデルに{0}のアテンションはありません。このモデルの種類は{1}で、あるのは{2}です。</translation>
    </message>
    <message>
        <source>training.device is {0}, which this machine does not have. Choose auto.</source>
        <translation>training.deviceが{0}ですが、このマシンにはありません。autoを選んでください。</translation>
    </message>
    <message>
        <source>{0} has no tokenizer yet. Wait until training has begun, or train it.</source>
        <translation>{0}にはまだトークナイザーがありません。訓練が始まるまで待つか、訓練してください。</translation>
    </message>
    <message>
        <source>{0} has {1} bytes, more than the {2} that are read. Check what it is.</source>
        <translation>{0}は{1}バイトあり、読み込める上限の{2}バイトを超えています。どのようなファイルか確認してください。</translation>
    </message>
    <message>
        <source>{0} is no safetensors file, or damaged: its header is no JSON object.</source>
        <translation>{0}はsafetensorsファイルではないか、破損しています。ヘッダーがJSONオブジェクトではありません。</translation>
    </message>
    <message>
        <source>The tokenizer has {0} pieces; 1 to {1} are read. Choose another one.</source>
        <translation>トークナイザーのピースは{0}個ですが、読み込めるのは1個から{1}個までです。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} is damaged. Restore it from a copy, or train the tokenizer anew.</source>
        <translation>{0}は破損しています。コピーから復元するか、トークナイザーを訓練し直してください。</translation>
    </message>
    <message>
        <source>{0} is no folder. Choose one with config.json and safetensors files.</source>
        <translation>{0}はフォルダーではありません。config.jsonとsafetensorsファイルのあるフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{0} is not a valid TOML file: {1}. Correct that line, or start anew.</source>
        <translation>{0}は正しいTOMLファイルではありません（{1}）。その行を直すか、最初から作り直してください。</translation>
    </message>
    <message>
        <source>{0} names a file {1}, which would lie outside of it. It is not read.</source>
        <translation>{0}で指定されたファイル{1}は、このフォルダーの外を指すことになります。読み込みません。</translation>
    </message>
    <message>
        <source>The folder lacks {0}, which a {1} of its config has. Fetch it anew.</source>
        <translation>フォルダーに{0}がありません。config.jsonどおりの{1}にはあるものです。取得し直してください。</translation>
    </message>
    <message>
        <source>{0} holds numbers that are infinite or none. Fetch the folder anew.</source>
        <translation>{0}に無限大や、数ではない値があります。フォルダーを取得し直してください。</translation>
    </message>
    <message>
        <source>{0} of shape {1} does not fit its place in the file: it is damaged.</source>
        <translation>{0}（形は{1}）は、ファイル内の場所と大きさが合いません。ファイルが破損しています。</translation>
    </message>
    <message>
        <source>{0}{1} has no config.json, so it is no model that can be read here.</source>
        <translation>{0}{1}にはconfig.jsonがないため、このプログラムで読み込めるモデルではありません。</translation>
    </message>
    <message>
        <source>The hub does not say which version of {0} it has. Try again later.</source>
        <translation>Hugging Face Hubで{0}のバージョンを確認できません。しばらくしてからもう一度試してください。</translation>
    </message>
    <message>
        <source>The tokenizer gives ids that it does not have. Choose another one.</source>
        <translation>トークナイザーが、持っていないIDを返します。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s spans lie outside of the text. Choose another one.</source>
        <translation>トークナイザーの示す範囲がテキストの外にあります。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} holds whole numbers or truths, and not the numbers of a model.</source>
        <translation>{0}の中身は整数か真偽値で、モデルの数値ではありません。</translation>
    </message>
    <message>
        <source>At step {0} the {1} is {2}, and was {3} when the run was trained.</source>
        <translation>ステップ{0}の{1}は{2}ですが、訓練時は{3}でした。</translation>
    </message>
    <message>
        <source>The folder lacks {0}, the {1} table of its tokens. Fetch it anew.</source>
        <translation>フォルダーに{0}（{1}のトークンの表）がありません。取得し直してください。</translation>
    </message>
    <message>
        <source>The notes have {0} bytes, but may have {1} at most. Shorten them.</source>
        <translation>メモが{0}バイトあります。{1}バイト以下になるように短くしてください。</translation>
    </message>
    <message>
        <source>The tokenizer cuts the same text in two ways. Choose another one.</source>
        <translation>トークナイザーが同じテキストを2通りに分けます。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} begins like {1}, but byte {2} does not fit. Save it as UTF-8.</source>
        <translation>{0}の先頭は{1}ですが、位置{2}のバイトが合いません。UTF-8で保存してください。</translation>
    </message>
    <message>
        <source>{0} is no plain file, so it is not read. Put a file in its place.</source>
        <translation>{0}は通常のファイルではないため、読み込みません。代わりに通常のファイルを置いてください。</translation>
    </message>
    <message>
        <source>{0} was made by a newer version (format {1}). Update the program.</source>
        <translation>{0}は新しいバージョンで作られたものです（形式{1}）。プログラムを更新してください。</translation>
    </message>
    <message>
        <source>The checkpoint at step {0} is damaged ({1}) and was passed over.</source>
        <translation>ステップ{0}のチェックポイントは破損しているため、飛ばしました（{1}）。</translation>
    </message>
    <message>
        <source>{0} is not a plain file. Choose a text file or a folder of them.</source>
        <translation>{0}は通常のファイルではありません。テキストファイルか、そのフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: it has no pieces. Choose another one.</source>
        <translation>トークナイザーが破損しています。ピースがありません。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} has format {1}; this program reads {2}. Update the program.</source>
        <translation>{0}の形式は{1}ですが、このプログラムで読み込めるのは{2}です。プログラムを更新してください。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1}. Restore it from a copy, or delete the run.</source>
        <translation>{0}が破損しています（{1}）。コピーから復元するか、実行を削除してください。</translation>
    </message>
    <message>
        <source>{0} is quantized already. Choose the run that it was made from.</source>
        <translation>{0}はすでに量子化されています。元の実行を選んでください。</translation>
    </message>
    <message>
        <source>Biases in the feed-forward network alone cannot be built here.</source>
        <translation>フィードフォワードだけにバイアスのあるモデルは、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>The folder holds {0}, which a {1} of its config does not have.</source>
        <translation>フォルダーに{0}がありますが、config.jsonどおりの{1}にはないものです。</translation>
    </message>
    <message>
        <source>config.json: {0} is {1}, but must be a whole number from 1 on.</source>
        <translation>config.jsonの{0}は{1}ですが、1以上の整数でなければなりません。</translation>
    </message>
    <message>
        <source>{0} is nested too deep to be a model&apos;s file. Check what it is.</source>
        <translation>{0}は入れ子が深すぎて、モデルのファイルとは考えられません。どのようなファイルか確認してください。</translation>
    </message>
    <message>
        <source>{0} is no safetensors file, or damaged: its header is no JSON.</source>
        <translation>{0}はsafetensorsファイルではないか、破損しています。ヘッダーがJSONではありません。</translation>
    </message>
    <message>
        <source>{0}{1} has {2} GB, and {3} GB are {4}. Choose a smaller model.</source>
        <translation>{0}{1}は{2} GBありますが、{4}は{3} GBです。もっと小さいモデルを選んでください。</translation>
    </message>
    <message>
        <source>{0}{1}: {2} names {3}, which is no safetensors file beside it.</source>
        <translation>{0}{1}の{2}に{3}が指定されていますが、これは同じ場所にあるsafetensorsファイルではありません。</translation>
    </message>
    <message>
        <source>Line {0} is empty in {1} only. Fill it, or delete it in both.</source>
        <translation>{0}行目は{1}だけが空です。埋めるか、両方から削除してください。</translation>
    </message>
    <message>
        <source>{0} has no {1}. Choose a folder that `save_pretrained` wrote.</source>
        <translation>{0}に{1}がありません。`save_pretrained`で保存したフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{0} holds no pairs. Choose one of {1}, or a file of your own.</source>
        <translation>{0}には対訳がありません。{1}のどれか、または自分のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{0} holds no tokenizer. Train one, or choose another folder.</source>
        <translation>{0}にトークナイザーがありません。訓練するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{0}: {1} is stored as {2}. Use float32, float16 or bfloat16.</source>
        <translation>{0}の{1}は{2}で保存されています。float32、float16、bfloat16のどれかを使ってください。</translation>
    </message>
    <message>
        <source>The disk reports an error. Check it, or choose another one.</source>
        <translation>ディスクでエラーが起きました。ディスクを調べるか、別のディスクを選んでください。</translation>
    </message>
    <message>
        <source>config.json: vocab_size is {0}, but the table has {1} rows.</source>
        <translation>config.jsonのvocab_sizeは{0}ですが、表は{1}行です。</translation>
    </message>
    <message>
        <source>{0} already holds a run. Choose another name, or resume it.</source>
        <translation>{0}にはすでに実行があります。別の名前を選ぶか、その実行を再開してください。</translation>
    </message>
    <message>
        <source>{0} has the shape {1}, but its config asks for rows of {2}.</source>
        <translation>{0}の形は{1}ですが、config.jsonによれば各行の形は{2}のはずです。</translation>
    </message>
    <message>
        <source>{0} holds zero bytes, so it is no text. Choose a text file.</source>
        <translation>{0}にはゼロバイトが含まれているため、テキストではありません。テキストファイルを選んでください。</translation>
    </message>
    <message>
        <source>{0} is not a setting. Write it like training.max_steps=500.</source>
        <translation>{0}は設定ではありません。training.max_steps=500のように書いてください。</translation>
    </message>
    <message>
        <source>There is no token {0}. Ids of this model go from 0 to {1}.</source>
        <translation>トークン{0}はありません。このモデルのIDは0から{1}までです。</translation>
    </message>
    <message>
        <source>{0} has no {1}. The folder is not complete: fetch it anew.</source>
        <translation>{0}に{1}がありません。フォルダーが不完全なので、取得し直してください。</translation>
    </message>
    <message>
        <source>Your disk quota is used up. Free some space, then resume.</source>
        <translation>ディスクの割り当て容量を使い切りました。空きを増やしてから再開してください。</translation>
    </message>
    <message>
        <source>config.json: {0} heads cannot share {1} key heads evenly.</source>
        <translation>config.jsonの{0}個のヘッドは、{1}個のキーヘッドを均等に共有できません。</translation>
    </message>
    <message>
        <source>{0} is no safetensors file, or cut off: it has {1} bytes.</source>
        <translation>{0}はsafetensorsファイルではないか、途中で切れています。大きさは{1}バイトです。</translation>
    </message>
    <message>
        <source>{0}{1} has no {2}. Choose a model with safetensors files.</source>
        <translation>{0}{1}に{2}がありません。safetensorsファイルのあるモデルを選んでください。</translation>
    </message>
    <message>
        <source>format is {0}, but must be a whole number from 1 to {1}.</source>
        <translation>formatが{0}になっています。1から{1}までの整数にしてください。</translation>
    </message>
    <message>
        <source>{0} is no name of a model. Write it like hub:OWNER/NAME.</source>
        <translation>{0}はモデルの名前ではありません。hub:OWNER/NAMEのように書いてください。</translation>
    </message>
    <message>
        <source>{0} is there already and not empty. Choose another name.</source>
        <translation>{0}はすでにあり、空ではありません。別の名前にしてください。</translation>
    </message>
    <message>
        <source>Fetch it anew, or save the tokenizer as tokenizer.json.</source>
        <translation>取得し直すか、トークナイザーをtokenizer.jsonとして保存してください。</translation>
    </message>
    <message>
        <source>{0} is quantized. Export the run that it was made from.</source>
        <translation>{0}は量子化されています。元の実行を保存してください。</translation>
    </message>
    <message>
        <source>A GPT-2 that looks at an encoder cannot be built here.</source>
        <translation>エンコーダを参照するGPT-2は、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>A BERT that looks at an encoder cannot be built here.</source>
        <translation>エンコーダを参照するBERTは、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>A BERT that reads left to right cannot be built here.</source>
        <translation>左から右へ読むBERTは、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>An unexpected error ended the training: {0}. See {1}.</source>
        <translation>予期しないエラーで訓練が終了しました（{0}）。{1}を確認してください。</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}. Check its name and permissions.</source>
        <translation>{0}を読み込めません（{1}）。名前とアクセス権を確認してください。</translation>
    </message>
    <message>
        <source>Choose one of its {0} snapshots from step {1} to {2}.</source>
        <translation>ステップ{1}から{2}までの{0}個のスナップショットから選んでください。</translation>
    </message>
    <message>
        <source>It has none yet: wait for the first one, or train it.</source>
        <translation>まだ1つもありません。最初の1つができるまで待つか、訓練してください。</translation>
    </message>
    <message>
        <source>config.json: {0} is no object. Fetch the folder anew.</source>
        <translation>config.jsonの{0}がオブジェクトではありません。フォルダーを取得し直してください。</translation>
    </message>
    <message>
        <source>{0} is described in a wrong way: the file is damaged.</source>
        <translation>{0}の記述が正しくありません。ファイルが破損しています。</translation>
    </message>
    <message>
        <source>{0}. Choose another vocabulary size or a longer text.</source>
        <translation>{0}。語彙の大きさを変えるか、もっと長いテキストを選んでください。</translation>
    </message>
    <message>
        <source>config.json: {0} is {1}. Only {2} can be built here.</source>
        <translation>config.jsonの{0}は{1}です。作れるのは{2}だけです。</translation>
    </message>
    <message>
        <source>{0} became shorter while it was read. Fetch it anew.</source>
        <translation>{0}が読み込み中に短くなりました。取得し直してください。</translation>
    </message>
    <message>
        <source>{0} describes a model that cannot be built here: {1}</source>
        <translation>{0}のモデルは、このプログラムでは作れません。{1}</translation>
    </message>
    <message>
        <source>{0}{1}: {2} has {3} bytes, too many for such a file.</source>
        <translation>{0}{1}の{2}は{3}バイトあり、この種のファイルとしては大きすぎます。</translation>
    </message>
    <message>
        <source>Attention scaled by the layer cannot be built here.</source>
        <translation>層に応じてスケールを変えるアテンションは、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>The checkpoint at step {0} of {1} is damaged ({2}).</source>
        <translation>{1}のステップ{0}のチェックポイントが破損しています（{2}）。</translation>
    </message>
    <message>
        <source>config.json: {0} is {1}, but must be true or false.</source>
        <translation>config.jsonの{0}は{1}ですが、trueかfalseでなければなりません。</translation>
    </message>
    <message>
        <source>{0} has the shape {1}, but its config asks for {2}.</source>
        <translation>{0}の形は{1}ですが、config.jsonによれば{2}のはずです。</translation>
    </message>
    <message>
        <source>{0} has the shape {1}, which is no table of tokens.</source>
        <translation>{0}の形が{1}なので、トークンの表ではありません。</translation>
    </message>
    <message>
        <source>{0} names {1}, and only safetensors files are read.</source>
        <translation>{0}に{1}が指定されていますが、読み込めるのはsafetensorsファイルだけです。</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: {0}. Choose another one.</source>
        <translation>トークナイザーが破損しています（{0}）。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>{0} holds no run any more, so nothing was deleted.</source>
        <translation>{0}にはもう実行がないため、何も削除していません。</translation>
    </message>
    <message>
        <source>{0} holds {1}, which this model does not have. {2}</source>
        <translation>{0}に、このモデルにはない{1}が含まれています。{2}</translation>
    </message>
    <message>
        <source>A trainer has just begun with {0}. Stop it first.</source>
        <translation>{0}の訓練がちょうど始まりました。先に停止してください。</translation>
    </message>
    <message>
        <source>Attention without its scale cannot be built here.</source>
        <translation>スケールのないアテンションは、このプログラムでは作れません。</translation>
    </message>
    <message>
        <source>There is no built-in text {0}. Choose one of {1}.</source>
        <translation>{0}という内蔵のテキストはありません。次のどれかを選んでください：{1}。</translation>
    </message>
    <message>
        <source>{0} is empty. Choose a file with some text in it.</source>
        <translation>{0}は空です。テキストの入ったファイルを選んでください。</translation>
    </message>
    <message>
        <source>{0} is in the folder twice, with and without {1}.</source>
        <translation>フォルダーに{0}が2つあります（{1}が付いたものと付かないもの）。</translation>
    </message>
    <message>
        <source>{0}: {1} is {2}, but the config asks for {3}. {4}</source>
        <translation>{0}の{1}は{2}ですが、設定では{3}です。{4}</translation>
    </message>
    <message>
        <source>Cannot read the folder {0}: {1}. Check the name.</source>
        <translation>フォルダー{0}を読み込めません（{1}）。名前を確認してください。</translation>
    </message>
    <message>
        <source>SentencePiece could not train the tokenizer: {0}</source>
        <translation>SentencePieceはトークナイザーを訓練できませんでした。{0}</translation>
    </message>
    <message>
        <source>a piece has {0} characters, and {1} are the most</source>
        <translation>{0}文字のピースがありますが、上限は{1}文字です</translation>
    </message>
    <message>
        <source>its ids go up to {0}, and it has only {1} pieces</source>
        <translation>IDは{0}までありますが、ピースは{1}個しかありません</translation>
    </message>
    <message>
        <source>{0} is {1}, which is not UTF-8. Rename it first.</source>
        <translation>{0}の{1}はUTF-8ではありません。先に名前を変えてください。</translation>
    </message>
    <message>
        <source>{0}{1}: {2} names no file. Choose another model.</source>
        <translation>{0}{1}の{2}にファイルが指定されていません。別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Cannot fetch {0}{1}: {2}. Check the connection.</source>
        <translation>{0}{1}を取得できません（{2}）。接続を確認してください。</translation>
    </message>
    <message>
        <source>It was trained on {0} threads, and this is {1}.</source>
        <translation>訓練時は{0}スレッド、今は{1}スレッドです。</translation>
    </message>
    <message>
        <source>It was trained with torch {0}, and this is {1}.</source>
        <translation>訓練時のtorchは{0}、今は{1}です。</translation>
    </message>
    <message>
        <source>The disk is full. Free some space, then resume.</source>
        <translation>ディスクがいっぱいです。空きを増やしてから再開してください。</translation>
    </message>
    <message>
        <source>There is nothing to translate. Type a sentence.</source>
        <translation>翻訳する文がありません。文を入力してください。</translation>
    </message>
    <message>
        <source>merge {0} needs the piece {1}, which is missing</source>
        <translation>結合{0}に必要なピース{1}がありません</translation>
    </message>
    <message>
        <source>config.json: {0} is {1}, but must be a number.</source>
        <translation>config.jsonの{0}は{1}ですが、数値でなければなりません。</translation>
    </message>
    <message>
        <source>its unknown piece {0} is not in its vocabulary</source>
        <translation>未知語用のピース{0}が語彙にありません</translation>
    </message>
    <message>
        <source>its vocabulary is no list of pieces and scores</source>
        <translation>語彙がピースとスコアのリストではありません</translation>
    </message>
    <message>
        <source>the id of {0} is {1}, and ids go from 0 to {2}</source>
        <translation>{0}のIDが{1}ですが、IDは0から{2}までです</translation>
    </message>
    <message>
        <source>The disk is read-only. Choose another folder.</source>
        <translation>ディスクは読み取り専用です。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is no measure {0} of nearness. Use {1}.</source>
        <translation>{0}という近さの尺度はありません。{1}を使ってください。</translation>
    </message>
    <message>
        <source>config.json lacks {0}. Fetch the folder anew.</source>
        <translation>config.jsonに{0}がありません。フォルダーを取得し直してください。</translation>
    </message>
    <message>
        <source>its pieces carry {0} ({1}), which is not read</source>
        <translation>ピースに付く{0}（{1}）は読み込めません</translation>
    </message>
    <message>
        <source>its vocabulary is no object of pieces and ids</source>
        <translation>語彙がピースとIDのオブジェクトではありません</translation>
    </message>
    <message>
        <source>{0} has no proper shape: the file is damaged.</source>
        <translation>{0}の形が正しくありません。ファイルが破損しています。</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}. Check its permissions.</source>
        <translation>{0}を読み込めません（{1}）。アクセス権を確認してください。</translation>
    </message>
    <message>
        <source>The folder is gone. Was it moved or deleted?</source>
        <translation>フォルダーがなくなりました。移動または削除していないか確認してください。</translation>
    </message>
    <message>
        <source>There is no config file {0}. Check the name.</source>
        <translation>設定ファイル{0}がありません。名前を確認してください。</translation>
    </message>
    <message>
        <source>the piece {0} holds a NUL, which no text has</source>
        <translation>ピース{0}に、テキストにはないNUL文字があります</translation>
    </message>
    <message>
        <source>{0} differs from the checkpoint at step {1}.</source>
        <translation>{0}が、ステップ{1}のチェックポイントと違います。</translation>
    </message>
    <message>
        <source>{0} does not exist. Choose another snapshot.</source>
        <translation>{0}がありません。別のスナップショットを選んでください。</translation>
    </message>
    <message>
        <source>{0} has no proper weight_map. Fetch it anew.</source>
        <translation>{0}に正しいweight_mapがありません。取得し直してください。</translation>
    </message>
    <message>
        <source>{0} holds {1}, which another file holds too.</source>
        <translation>{0}にある{1}が、別のファイルにもあります。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1}. Restore it from a copy.</source>
        <translation>{0}が破損しています（{1}）。コピーから復元してください。</translation>
    </message>
    <message>
        <source>It can read {0} tokens, and reads {1} here.</source>
        <translation>このモデルは{0}トークンまで読めますが、このプログラムでは{1}トークンまでです。</translation>
    </message>
    <message>
        <source>The name is too long. Choose a shorter one.</source>
        <translation>名前が長すぎます。短い名前を選んでください。</translation>
    </message>
    <message>
        <source>There is no translation to score. Give one.</source>
        <translation>調べる訳文がありません。訳文を入力してください。</translation>
    </message>
    <message>
        <source>piece {0} is no pair of a piece and a score</source>
        <translation>ピース{0}がピースとスコアの組ではありません</translation>
    </message>
    <message>
        <source>There is no sentence to look at. Type one.</source>
        <translation>調べる文がありません。文を入力してください。</translation>
    </message>
    <message>
        <source>the id {0} of {1} belongs to another piece</source>
        <translation>{1}のID {0}は別のピースのものです</translation>
    </message>
    <message>
        <source>{0} is no proper JSON: {1}. Fetch it anew.</source>
        <translation>{0}は正しいJSONではありません（{1}）。取得し直してください。</translation>
    </message>
    <message>
        <source>{0} is there already. Choose another name.</source>
        <translation>{0}はすでにあります。別の名前にしてください。</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}. Choose a text file.</source>
        <translation>{0}を読み込めません（{1}）。テキストファイルを選んでください。</translation>
    </message>
    <message>
        <source>its steps before the cutting are too many</source>
        <translation>テキストを分ける前の処理が多すぎます</translation>
    </message>
    <message>
        <source>model.{0} is {1}, and {2} knows only {3}.</source>
        <translation>model.{0}は{1}ですが、{2}で使えるのは{3}だけです。</translation>
    </message>
    <message>
        <source>{0} is gone, so its notes cannot be kept.</source>
        <translation>{0}がなくなったため、メモを保存できません。</translation>
    </message>
    <message>
        <source>The translation has no tokens. Give one.</source>
        <translation>訳文にトークンがありません。訳文を入力してください。</translation>
    </message>
    <message>
        <source>{0} holds no JSON object. Fetch it anew.</source>
        <translation>{0}の内容がJSONオブジェクトではありません。取得し直してください。</translation>
    </message>
    <message>
        <source>{0} is {1}, but must be a finite number.</source>
        <translation>{0}が{1}になっています。有限の数値にしてください。</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}. Check what it is.</source>
        <translation>{0}を読み込めません（{1}）。どのようなファイルか確認してください。</translation>
    </message>
    <message>
        <source>There is no text to look at. Type some.</source>
        <translation>調べるテキストがありません。テキストを入力してください。</translation>
    </message>
    <message>
        <source>merge {0} is {1}, and no pair of pieces</source>
        <translation>結合{0}が{1}で、ピースの組ではありません</translation>
    </message>
    <message>
        <source>{0} is not UTF-8: byte {1} is {2}. {3}</source>
        <translation>{0}はUTF-8ではありません。位置{1}のバイトが{2}です。{3}</translation>
    </message>
    <message>
        <source>{0} is {1}, but must be a [{2}] table.</source>
        <translation>{0}が{1}になっています。[{2}]のテーブルにしてください。</translation>
    </message>
    <message>
        <source>{0} is {1}, but must be one of {2}.{3}</source>
        <translation>{0}が{1}になっています。次のどれかにしてください：{2}。{3}</translation>
    </message>
    <message>
        <source>{0} names the file {1}; it may be {2}.</source>
        <translation>{0}にファイル{1}が指定されていますが、指定できるのは{2}です。</translation>
    </message>
    <message>
        <source>{0} names the type {1}; there are {2}.</source>
        <translation>{0}に方式{1}が指定されていますが、使えるのは{2}です。</translation>
    </message>
    <message>
        <source>{0}: model_type is {1}. There are {2}.</source>
        <translation>{0}のmodel_typeは{1}です。使えるのは{2}です。</translation>
    </message>
    <message>
        <source>Not understood, and left out: {0}{1}.</source>
        <translation>解釈できないため取り込まなかった項目があります：{0}{1}。</translation>
    </message>
    <message>
        <source>There is no file {0}. Check the name.</source>
        <translation>ファイル{0}がありません。名前を確認してください。</translation>
    </message>
    <message>
        <source>weights became infinite or no numbers</source>
        <translation>重みが無限大または数でない値になりました</translation>
    </message>
    <message>
        <source>{0} is {1}, but must be at least {2}.</source>
        <translation>{0}が{1}になっています。{2}以上にしてください。</translation>
    </message>
    <message>
        <source>A file of {0}{1} is gone. Try again.</source>
        <translation>{0}{1}のファイルの1つがなくなっています。もう一度試してください。</translation>
    </message>
    <message>
        <source>There is no part {0}; parts are {1}.</source>
        <translation>{0}という部分はありません。部分は{1}です。</translation>
    </message>
    <message>
        <source>You may not: change its permissions.</source>
        <translation>権限がありません。アクセス権を変更してください。</translation>
    </message>
    <message>
        <source>its table of characters is too large</source>
        <translation>文字の表が大きすぎます</translation>
    </message>
    <message>
        <source>{0} has no snapshot at step {1}. {2}</source>
        <translation>{0}には、ステップ{1}のスナップショットがありません。{2}</translation>
    </message>
    <message>
        <source>{0} is {1}, but must be at most {2}.</source>
        <translation>{0}が{1}になっています。{2}以下にしてください。</translation>
    </message>
    <message>
        <source>Cannot start a trainer for {0}. {1}</source>
        <translation>{0}の訓練プロセスを起動できません。{1}</translation>
    </message>
    <message>
        <source>it has {0} merges, and {1} are read</source>
        <translation>結合が{0}個ありますが、読み込めるのは{1}個までです</translation>
    </message>
    <message>
        <source>it has {0} pieces, and {1} are read</source>
        <translation>ピースが{0}個ありますが、読み込めるのは{1}個までです</translation>
    </message>
    <message>
        <source>its longest word has {0} characters</source>
        <translation>単語の最大の文字数が{0}です</translation>
    </message>
    <message>
        <source>{0} is damaged: {1}. Fetch it anew.</source>
        <translation>{0}は破損しています（{1}）。取得し直してください。</translation>
    </message>
    <message>
        <source>{0}: {1}. Choose another tokenizer.</source>
        <translation>{0}（{1}）。別のトークナイザーを選んでください。</translation>
    </message>
    <message>
        <source>The tokenizer cannot cut this text</source>
        <translation>トークナイザーがこのテキストを分けられません</translation>
    </message>
    <message>
        <source>its model is {0}, and {1} are read</source>
        <translation>モデルは{0}ですが、読み込めるのは{1}です</translation>
    </message>
    <message>
        <source>Cannot create the folder {0}. {1}</source>
        <translation>フォルダー{0}を作れません。{1}</translation>
    </message>
    <message>
        <source>{0} names no file. Fetch it anew.</source>
        <translation>{0}にファイルが指定されていません。取得し直してください。</translation>
    </message>
    <message>
        <source>Cannot read the folder {0}: {1}.</source>
        <translation>フォルダー{0}を読み込めません（{1}）。</translation>
    </message>
    <message>
        <source>its unknown piece has the id {0}</source>
        <translation>未知語用のピースのIDが{0}です</translation>
    </message>
    <message>
        <source>{0}.{1} is {2}, but must be {3}.</source>
        <translation>{0}.{1}が{2}になっています。{3}にしてください。</translation>
    </message>
    <message>
        <source>A line of {0} occurs twice. {1}</source>
        <translation>{0}に同じ行が2回あります。{1}</translation>
    </message>
    <message>
        <source>there is nothing before its tab</source>
        <translation>タブの前に何もありません</translation>
    </message>
    <message>
        <source>Its state at step {0} is kept.</source>
        <translation>ステップ{0}の状態は保存されています。</translation>
    </message>
    <message>
        <source>its manifest does not know {0}</source>
        <translation>マニフェストに{0}がありません</translation>
    </message>
    <message>
        <source>the validation loss became {0}</source>
        <translation>検証損失が{0}になりました</translation>
    </message>
    <message>
        <source>there is nothing after its tab</source>
        <translation>タブの後に何もありません</translation>
    </message>
    <message>
        <source>the score of piece {0} is {1}</source>
        <translation>ピース{0}のスコアが{1}です</translation>
    </message>
    <message>
        <source>a pattern has {0} characters</source>
        <translation>パターンの1つが{0}文字あります</translation>
    </message>
    <message>
        <source>config.json: {0} is {1}. {2}</source>
        <translation>config.jsonの{0}は{1}です。{2}</translation>
    </message>
    <message>
        <source>it is no SentencePiece model</source>
        <translation>SentencePieceのモデルではありません</translation>
    </message>
    <message>
        <source>its added tokens are no list</source>
        <translation>追加トークンがリストではありません</translation>
    </message>
    <message>
        <source>the added token {0} is empty</source>
        <translation>追加トークン{0}が空です</translation>
    </message>
    <message>
        <source>{0} is {1}, but must be {2}.</source>
        <translation>{0}が{1}になっています。{2}にしてください。</translation>
    </message>
    <message>
        <source>The question was withdrawn.</source>
        <translation>要求は取り消されました。</translation>
    </message>
    <message>
        <source>Unknown key {0} in {1}. {2}</source>
        <translation>{1}に不明なキー{0}があります。{2}</translation>
    </message>
    <message>
        <source>an added token occurs twice</source>
        <translation>同じ追加トークンが2回あります</translation>
    </message>
    <message>
        <source>its manifest cannot be read</source>
        <translation>マニフェストを読み込めません</translation>
    </message>
    <message>
        <source>too long or too much memory</source>
        <translation>時間かメモリの使いすぎ</translation>
    </message>
    <message>
        <source>two pieces have the same id</source>
        <translation>2つのピースのIDが同じです</translation>
    </message>
    <message>
        <source>Cannot bring back {0}. {1}</source>
        <translation>{0}を元に戻せません。{1}</translation>
    </message>
    <message>
        <source>Cannot append to {0}. {1}</source>
        <translation>{0}に追記できません。{1}</translation>
    </message>
    <message>
        <source>It has no checkpoint yet.</source>
        <translation>チェックポイントはまだありません。</translation>
    </message>
    <message>
        <source>The tokenizer is damaged</source>
        <translation>トークナイザーが破損しています</translation>
    </message>
    <message>
        <source>it has no list of merges</source>
        <translation>結合のリストがありません</translation>
    </message>
    <message>
        <source>the piece {0} is no text</source>
        <translation>ピース{0}がテキストではありません</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>{0}を読み込めません（{1}）。</translation>
    </message>
    <message>
        <source>{0} is not a plain file.</source>
        <translation>{0}は通常のファイルではありません。</translation>
    </message>
    <message>
        <source>its manifest is damaged</source>
        <translation>マニフェストが破損しています</translation>
    </message>
    <message>
        <source>Cannot delete {0}. {1}</source>
        <translation>{0}を削除できません。{1}</translation>
    </message>
    <message>
        <source>Cannot rename {0}. {1}</source>
        <translation>{0}の名前を変えられません。{1}</translation>
    </message>
    <message>
        <source>it ended with code {0}</source>
        <translation>コード{0}で終了</translation>
    </message>
    <message>
        <source>Cannot close {0}. {1}</source>
        <translation>{0}を閉じられません。{1}</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}.</source>
        <translation>{0}を読み込めません（{1}）。</translation>
    </message>
    <message>
        <source>Cannot write {0}. {1}</source>
        <translation>{0}に書き込めません。{1}</translation>
    </message>
    <message>
        <source>an added token is {0}</source>
        <translation>追加トークンの1つが{0}です</translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation>入れ子が深すぎます</translation>
    </message>
    <message>
        <source>no memory, or a fault</source>
        <translation>メモリ不足か異常</translation>
    </message>
    <message>
        <source>Cannot open {0}. {1}</source>
        <translation>{0}を開けません。{1}</translation>
    </message>
    <message>
        <source>Cannot read {0}. {1}</source>
        <translation>{0}を読み込めません。{1}</translation>
    </message>
    <message>
        <source>Cannot sync {0}. {1}</source>
        <translation>{0}をディスクに同期できません。{1}</translation>
    </message>
    <message>
        <source>a piece occurs twice</source>
        <translation>同じピースが2回あります</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>JSONオブジェクトではありません</translation>
    </message>
    <message>
        <source>{0} has another size</source>
        <translation>{0}のサイズが違います</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>{0} has other bytes</source>
        <translation>{0}の内容が違います</translation>
    </message>
    <message>
        <source>{0} is damaged: {1}</source>
        <translation>{0}は破損しています。{1}</translation>
    </message>
    <message>
        <source>{0} is refused. {1}</source>
        <translation>{0}は使えません。{1}</translation>
    </message>
    <message>
        <source> Did you mean {0}?</source>
        <translation>{0}のことですか。</translation>
    </message>
    <message>
        <source>Choose one of {0}.</source>
        <translation>次のどれかを選んでください：{0}。</translation>
    </message>
    <message>
        <source>it has no manifest</source>
        <translation>マニフェストがありません</translation>
    </message>
    <message>
        <source>it is no JSON: {0}</source>
        <translation>JSONではありません：{0}</translation>
    </message>
    <message>
        <source>no reason is given</source>
        <translation>理由は不明</translation>
    </message>
    <message>
        <source>{0} cannot be read</source>
        <translation>{0}を読み込めません</translation>
    </message>
    <message>
        <source>{0} lacks {1}. {2}</source>
        <translation>{0}に{1}がありません。{2}</translation>
    </message>
    <message>
        <source>Did you mean {0}?</source>
        <translation>{0}のことですか。</translation>
    </message>
    <message>
        <source>free where {0} is</source>
        <translation>{0}のあるディスクの空き</translation>
    </message>
    <message>
        <source>not enough memory</source>
        <translation>メモリ不足</translation>
    </message>
    <message>
        <source>it has no pieces</source>
        <translation>ピースがありません</translation>
    </message>
    <message>
        <source>it has no model</source>
        <translation>モデルがありません</translation>
    </message>
    <message>
        <source>it has {0} tabs</source>
        <translation>タブが{0}個あります</translation>
    </message>
    <message>
        <source>it is not UTF-8</source>
        <translation>UTF-8ではありません</translation>
    </message>
    <message>
        <source>signal {0}: {1}</source>
        <translation>シグナル{0}：{1}</translation>
    </message>
    <message>
        <source>Known are {0}.</source>
        <translation>使えるのは{0}です。</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>its {0} is {1}</source>
        <translation>{0}が{1}です</translation>
    </message>
    <message>
        <source>of memory free</source>
        <translation>空きメモリ</translation>
    </message>
    <message>
        <source>{0} became {1}</source>
        <translation>{0}が{1}になりました</translation>
    </message>
    <message>
        <source>{0} is missing</source>
        <translation>{0}がありません</translation>
    </message>
    <message>
        <source> and {0} more</source>
        <translation>、ほか{0}個</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>勾配ノルム</translation>
    </message>
    <message>
        <source>it has no tab</source>
        <translation>タブがありません</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>メモリ不足</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>trueまたはfalse</translation>
    </message>
    <message>
        <source>below -10^18</source>
        <translation>-10^18を下回る値</translation>
    </message>
    <message>
        <source>the gradient</source>
        <translation>勾配</translation>
    </message>
    <message>
        <source>UTF-8 (BOM)</source>
        <translation>UTF-8（BOM付き）</translation>
    </message>
    <message>
        <source>above 10^18</source>
        <translation>10^18を超える値</translation>
    </message>
    <message>
        <source>the weights</source>
        <translation>重み</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>訳文</translation>
    </message>
    <message>
        <source>weight norm</source>
        <translation>重みのノルム</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>1つの数</translation>
    </message>
    <message>
        <source>the config</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>オブジェクト</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>sentence</source>
        <translation>文</translation>
    </message>
    <message>
        <source>the loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>時間のかかりすぎ</translation>
    </message>
    <message>
        <source>a fault</source>
        <translation>異常</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>リスト</translation>
    </message>
    <message>
        <source> and </source>
        <translation>と</translation>
    </message>
    <message>
        <source> or </source>
        <translation>または</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Learning rate times</source>
        <translation>学習率の倍率</translation>
    </message>
    <message>
        <source>Multiplies the schedule from the next step on, while the training runs.</source>
        <translation>訓練中、次のステップからスケジュールの値に掛けます。</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>デコーダ</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>エンコーダ</translation>
    </message>
    <message>
        <source>Encoder and decoder</source>
        <translation>エンコーダとデコーダ</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>学習型</translation>
    </message>
    <message>
        <source>Sinusoidal</source>
        <translation>正弦波</translation>
    </message>
    <message>
        <source>Rotary</source>
        <translation>回転（RoPE）</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>バッチ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>後</translation>
    </message>
    <message>
        <source>GELU (exact)</source>
        <translation>GELU（厳密）</translation>
    </message>
    <message>
        <source>Squared ReLU</source>
        <translation>ReLUの2乗</translation>
    </message>
    <message>
        <source>Unigram</source>
        <translation>ユニグラム</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>区間</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>線形</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>一定</translation>
    </message>
    <message>
        <source>Warmup–stable–decay</source>
        <translation>ウォームアップ・一定・減衰</translation>
    </message>
    <message>
        <source>Inverse square root</source>
        <translation>平方根の逆数</translation>
    </message>
    <message>
        <source>Fused</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>Explicit</source>
        <translation>明示</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>フィードフォワード</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>両方</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>デコーダ</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層の数</translation>
    </message>
    <message>
        <source>How many blocks of attention and feed-forward lie on top of one another.</source>
        <translation>アテンションとフィードフォワードの組を何段積むかです。</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>ヘッドの数</translation>
    </message>
    <message>
        <source>Attention heads per layer; they must divide the width evenly.</source>
        <translation>1層あたりのヘッドの数です。幅を割り切る必要があります。</translation>
    </message>
    <message>
        <source>Width (d_model)</source>
        <translation>幅（d_model）</translation>
    </message>
    <message>
        <source>Numbers per token in the residual stream.</source>
        <translation>残差ストリームで各トークンを表す数の個数です。</translation>
    </message>
    <message>
        <source>Feed-forward width (d_ff)</source>
        <translation>FFNの幅（d_ff）</translation>
    </message>
    <message>
        <source>Numbers per token inside the feed-forward network; four times the width is usual.</source>
        <translation>フィードフォワードネットワークの内側で使う数の個数です。幅の4倍がよく使われます。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>コンテキスト</translation>
    </message>
    <message>
        <source>How many tokens the model sees at once.</source>
        <translation>モデルが一度に見られるトークンの数です。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>How the model knows the order of the tokens.</source>
        <translation>モデルがトークンの順序を知る方法です。</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>学習型</translation>
    </message>
    <message>
        <source>sinusoidal</source>
        <translation>正弦波</translation>
    </message>
    <message>
        <source>rotary</source>
        <translation>回転（RoPE）</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>正規化</translation>
    </message>
    <message>
        <source>A decoder predicts the next token, an encoder fills in masked tokens, both together translate.</source>
        <translation>デコーダは次のトークンを予測し、エンコーダはマスクを埋め、両方を合わせると翻訳します。</translation>
    </message>
    <message>
        <source>encoder</source>
        <translation>エンコーダ</translation>
    </message>
    <message>
        <source>encoder_decoder</source>
        <translation>エンコーダとデコーダ</translation>
    </message>
    <message>
        <source>Encoder layers</source>
        <translation>エンコーダの層の数</translation>
    </message>
    <message>
        <source>Blocks of the encoder, which reads the source; the layers above are the decoder&apos;s.</source>
        <translation>原文を読むエンコーダのブロックの数。上の「層の数」はデコーダのものです。</translation>
    </message>
    <message>
        <source>Queries per key head</source>
        <translation>キー1つあたりのクエリ数</translation>
    </message>
    <message>
        <source>Heads that share one key and value head: 1 is ordinary, all of them is multi-query attention.</source>
        <translation>1つのキー・バリューヘッドを共有するヘッドの数。1が通常で、全ヘッドならマルチクエリアテンションです。</translation>
    </message>
    <message>
        <source>alibi</source>
        <translation>ALiBi</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Layer norm centres and scales each token, RMS norm only scales, batch norm uses the whole batch.</source>
        <translation>層正規化は各トークンの平均と大きさを整え、RMS正規化は大きさだけを整え、バッチ正規化はバッチ全体を使います。</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>層正規化</translation>
    </message>
    <message>
        <source>rms</source>
        <translation>RMSノルム</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>バッチ</translation>
    </message>
    <message>
        <source>Norm stands</source>
        <translation>正規化の場所</translation>
    </message>
    <message>
        <source>Before each block the stream itself stays free of norms; after it, as in the first Transformer and BERT.</source>
        <translation>各部分の前なら、ストリーム自体は正規化されません。後は、最初のTransformerやBERTの方式です。</translation>
    </message>
    <message>
        <source>before</source>
        <translation>前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>後</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>活性化関数</translation>
    </message>
    <message>
        <source>The bend inside the feed-forward network.</source>
        <translation>フィードフォワードネットワークの中の非線形な関数です。</translation>
    </message>
    <message>
        <source>gelu</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>gelu_exact</source>
        <translation>GELU（厳密）</translation>
    </message>
    <message>
        <source>relu</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>relu_squared</source>
        <translation>ReLUの2乗</translation>
    </message>
    <message>
        <source>swiglu</source>
        <translation>SwiGLU</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>ドロップアウト</translation>
    </message>
    <message>
        <source>Share of activations switched off at random while training.</source>
        <translation>訓練中にランダムに0にする活性の割合です。</translation>
    </message>
    <message>
        <source>Causal mask</source>
        <translation>因果マスク</translation>
    </message>
    <message>
        <source>Hide later tokens from earlier ones; without it a decoder sees the answers that it should predict.</source>
        <translation>後のトークンを前のトークンから隠します。ないと、デコーダは予測すべき答えを見てしまいます。</translation>
    </message>
    <message>
        <source>Query-key norm</source>
        <translation>クエリ・キーの正規化</translation>
    </message>
    <message>
        <source>Bring each head&apos;s queries and keys to one length before they meet.</source>
        <translation>掛け合わせる前に、各ヘッドのクエリとキーの長さをそろえます。</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>バイアス</translation>
    </message>
    <message>
        <source>Add a learned offset in each linear map and layer norm.</source>
        <translation>各線形変換と層正規化に、学習するバイアスを加えます。</translation>
    </message>
    <message>
        <source>Query, key, value biases</source>
        <translation>Q・K・Vのバイアス</translation>
    </message>
    <message>
        <source>Learned offsets for queries, keys and values alone, as in Qwen2.</source>
        <translation>クエリ、キー、バリューだけに学習するバイアスを加えます（Qwen2の方式）。</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>埋め込みの共有</translation>
    </message>
    <message>
        <source>Use one table for reading tokens in and predicting them.</source>
        <translation>トークンの入力と予測に同じ表を使います。</translation>
    </message>
    <message>
        <source>Norm after embedding</source>
        <translation>埋め込み後の正規化</translation>
    </message>
    <message>
        <source>One more norm right after the token vectors, as in BERT.</source>
        <translation>トークンベクトルの直後にもう1つ正規化を置きます（BERTの方式）。</translation>
    </message>
    <message>
        <source>Output transform</source>
        <translation>出力変換</translation>
    </message>
    <message>
        <source>A dense layer with activation and norm before the prediction, as in BERT.</source>
        <translation>予測の前に、活性化と正規化の付いた全結合層を置きます（BERTの方式）。</translation>
    </message>
    <message>
        <source>Output biases</source>
        <translation>出力のバイアス</translation>
    </message>
    <message>
        <source>A learned offset for each token of the vocabulary, as in BERT.</source>
        <translation>語彙の各トークンに、学習するバイアスを加えます（BERTの方式）。</translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation>回転の底</translation>
    </message>
    <message>
        <source>The slowest rotation takes about this many tokens; larger suits long contexts.</source>
        <translation>最も遅い回転の周期の目安（トークン数）。長いコンテキストには大きな値が向きます。</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>正規化のε</translation>
    </message>
    <message>
        <source>Added before the norm&apos;s division, so that it never divides by zero.</source>
        <translation>ゼロで割らないように、正規化の割り算の前に加えます。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Unigram keeps the likeliest pieces, BPE merges frequent pairs, characters keeps single characters.</source>
        <translation>ユニグラムは有力なピースを残し、BPEは頻出の組を結合し、文字は1文字ずつ分けます。</translation>
    </message>
    <message>
        <source>unigram</source>
        <translation>ユニグラム</translation>
    </message>
    <message>
        <source>bpe</source>
        <translation>BPE</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>語彙</translation>
    </message>
    <message>
        <source>At most this many pieces; a short text may yield fewer.</source>
        <translation>ピース数の上限です。短いテキストではこれより少なくなることがあります。</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>ピース</translation>
    </message>
    <message>
        <source>Byte fallback</source>
        <translation>バイトフォールバック</translation>
    </message>
    <message>
        <source>Spell characters that the vocabulary lacks as bytes, so that nothing is lost.</source>
        <translation>語彙にない文字をバイトで表し、何も失わないようにします。</translation>
    </message>
    <message>
        <source>Character coverage</source>
        <translation>文字のカバー率</translation>
    </message>
    <message>
        <source>Share of the text&apos;s characters that get a piece; 0.9995 suits Japanese with byte fallback.</source>
        <translation>ピースを割り当てる文字の割合です。バイトフォールバックを使う日本語には0.9995が適しています。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>A UTF-8 text file, a folder of them, or one of the built-in texts.</source>
        <translation>UTF-8のテキストファイル、そのフォルダー、または内蔵のテキストです。</translation>
    </message>
    <message>
        <source>Translations</source>
        <translation>訳文</translation>
    </message>
    <message>
        <source>A text file with the translations, line by line; leave it empty if the text holds both, with tabs between.</source>
        <translation>訳文のテキストファイル（1行に1文）。テキストに原文と訳文がタブ区切りで入っていれば、空のままにします。</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例の取り方</translation>
    </message>
    <message>
        <source>Windows begin anywhere in the text; lines are learned one by one, padded to the longest of their batch.</source>
        <translation>区間はテキストのどこからでも始まります。行は1行ずつ学び、バッチの最長の行に合わせて詰め物をします。</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>区間</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>検証の割合</translation>
    </message>
    <message>
        <source>The last part of the text, kept aside to judge the model.</source>
        <translation>モデルの評価用に取り分ける、テキストの末尾の部分です。</translation>
    </message>
    <message>
        <source>Built-in seed</source>
        <translation>内蔵テキストのシード</translation>
    </message>
    <message>
        <source>Another seed writes other stories.</source>
        <translation>シードを変えると別の物語になります。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>ステップ数</translation>
    </message>
    <message>
        <source>How many times the weights are changed.</source>
        <translation>重みを変える回数です。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>バッチサイズ</translation>
    </message>
    <message>
        <source>Sequences per forward pass; a step sees this times the accumulation.</source>
        <translation>1回の順伝播で読む列の数です。1ステップではこの数×勾配累積になります。</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>勾配累積</translation>
    </message>
    <message>
        <source>Forward passes whose gradients add up to one step.</source>
        <translation>1ステップで勾配を足し合わせる順伝播の回数です。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>オプティマイザ</translation>
    </message>
    <message>
        <source>The rule that turns gradients into changes of the weights.</source>
        <translation>勾配から重みの変化を決める規則です。</translation>
    </message>
    <message>
        <source>adamw</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>sgd</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>muon</source>
        <translation>Muon</translation>
    </message>
    <message>
        <source>adafactor</source>
        <translation>Adafactor</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Size of each change at the top of the schedule.</source>
        <translation>スケジュールの最大時の、1回の変化の大きさです。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>スケジュール</translation>
    </message>
    <message>
        <source>How the learning rate falls after warmup.</source>
        <translation>ウォームアップ後に学習率が下がる形です。</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>線形</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>一定</translation>
    </message>
    <message>
        <source>warmup_stable_decay</source>
        <translation>ウォームアップ・一定・減衰</translation>
    </message>
    <message>
        <source>inverse_square_root</source>
        <translation>平方根の逆数</translation>
    </message>
    <message>
        <source>Warmup</source>
        <translation>ウォームアップ</translation>
    </message>
    <message>
        <source>Steps over which the learning rate rises from zero.</source>
        <translation>学習率を0から上げていくステップ数です。</translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation>最終学習率</translation>
    </message>
    <message>
        <source>Where the schedule ends, as a share of its top.</source>
        <translation>スケジュールの終わりの値で、最大値に対する割合です。</translation>
    </message>
    <message>
        <source>Decay share</source>
        <translation>減衰の割合</translation>
    </message>
    <message>
        <source>Share of the steps over which the rate falls at the end.</source>
        <translation>最後に学習率が下がるステップの割合です。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>重み減衰</translation>
    </message>
    <message>
        <source>Pull of the matrices towards zero at each step.</source>
        <translation>各ステップで行列を0へ引き寄せる強さです。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>ベータ1</translation>
    </message>
    <message>
        <source>Adam&apos;s memory of the gradient.</source>
        <translation>Adamが勾配を記憶する割合です。</translation>
    </message>
    <message>
        <source>Adam&apos;s memory of the gradient&apos;s square.</source>
        <translation>Adamが勾配の2乗を記憶する割合です。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>モメンタム</translation>
    </message>
    <message>
        <source>How much of the former direction each change keeps.</source>
        <translation>それまでの方向をどれだけ保つかです。</translation>
    </message>
    <message>
        <source>Weights of many processes</source>
        <translation>複数プロセスの重み</translation>
    </message>
    <message>
        <source>Under torchrun each process holds all weights, or its share of them (FSDP2) where they would not fit.</source>
        <translation>torchrunのとき、各プロセスがすべての重みを持つか、入りきらない場合は分担して持ちます（FSDP2）。</translation>
    </message>
    <message>
        <source>GPT, tiny</source>
        <translation>GPT（極小）</translation>
    </message>
    <message>
        <source>The choices of GPT-2 in small: learned positions, layer norm before each part, GELU.</source>
        <translation>GPT-2の構成を小さくしたもの。学習型の位置、各部分の前の層正規化、GELU。</translation>
    </message>
    <message>
        <source>BERT, tiny</source>
        <translation>BERT（極小）</translation>
    </message>
    <message>
        <source>The choices of BERT in small: learned positions, layer norm after each part, the exact GELU.</source>
        <translation>BERTの選択を小さくしたもの：学習される位置、各部分の後の層正規化、厳密なGELU。</translation>
    </message>
    <message>
        <source>Encoder, tiny</source>
        <translation>エンコーダ（最小）</translation>
    </message>
    <message>
        <source>Fills in masked names and things, nearly all of them right, after four minutes on two cores.</source>
        <translation>2コアで4分訓練すると、マスクされた名前と物をほぼすべて正しく埋めます。</translation>
    </message>
    <message>
        <source>BERT, base</source>
        <translation>BERT（基本）</translation>
    </message>
    <message>
        <source>The shape of BERT base, 110 million parameters (Devlin et al. 2019); wants a GPU and much text.</source>
        <translation>BERT baseの形、1億1000万パラメータ（Devlin他 2019）。GPUと大量のテキストが必要です。</translation>
    </message>
    <message>
        <source>Original Transformer, tiny</source>
        <translation>元祖Transformer（極小）</translation>
    </message>
    <message>
        <source>Encoder and decoder as in the first paper; translates short sentences after some minutes on two cores.</source>
        <translation>最初の論文のエンコーダとデコーダ。2コアなら数分で短い文を翻訳します。</translation>
    </message>
    <message>
        <source>Original Transformer, base</source>
        <translation>元祖Transformer（基本）</translation>
    </message>
    <message>
        <source>The base model of the first paper (Vaswani et al. 2017): 6 + 6 layers, width 512; wants a GPU.</source>
        <translation>最初の論文（Vaswani他 2017）のbaseモデル。6＋6層、幅512。GPUが必要です。</translation>
    </message>
    <message>
        <source>Llama-like, tiny</source>
        <translation>Llama風（極小）</translation>
    </message>
    <message>
        <source>RMS norm, rotary positions, SwiGLU, heads that share keys, no biases; sentences within two minutes.</source>
        <translation>RMS正規化、回転位置、SwiGLU、キーを共有するヘッド、バイアスなし。2分ほどで文を書きます。</translation>
    </message>
    <message>
        <source>Llama-like, 100 million</source>
        <translation>Llama風（1億）</translation>
    </message>
    <message>
        <source>The same choices with 12 layers and width 768; wants a GPU and much text.</source>
        <translation>同じ構成で12層、幅768。GPUと大量のテキストが必要です。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>ベータ2</translation>
    </message>
    <message>
        <source>Clip gradient at</source>
        <translation>勾配クリッピング</translation>
    </message>
    <message>
        <source>Longest gradient that is taken as it is; 0 never clips.</source>
        <translation>そのまま使う勾配の長さの上限です。0ではクリッピングしません。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>ラベル平滑化</translation>
    </message>
    <message>
        <source>Share of each target&apos;s probability that is spread over all tokens, so that the model never is too sure.</source>
        <translation>正解の確率のうち全トークンに分ける割合。モデルの過信を防ぎます。</translation>
    </message>
    <message>
        <source>Masked share</source>
        <translation>マスクの割合</translation>
    </message>
    <message>
        <source>Share of the tokens that an encoder has to fill in.</source>
        <translation>エンコーダが埋めるトークンの割合です。</translation>
    </message>
    <message>
        <source>Mask whole words</source>
        <translation>単語単位でマスク</translation>
    </message>
    <message>
        <source>Choose words instead of tokens, so that no piece of a word gives the rest away.</source>
        <translation>トークンではなく単語を選び、単語の一部から残りが分からないようにします。</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>評価の間隔</translation>
    </message>
    <message>
        <source>Steps between two looks at the validation text.</source>
        <translation>検証テキストで評価する間隔（ステップ数）です。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Evaluated share</source>
        <translation>評価する割合</translation>
    </message>
    <message>
        <source>Share of the validation text that is judged, always the same part; 1 is the whole.</source>
        <translation>検証テキストのうち評価に使う割合です。常に同じ部分を使い、1で全体になります。</translation>
    </message>
    <message>
        <source>Sample length</source>
        <translation>サンプルの長さ</translation>
    </message>
    <message>
        <source>Tokens written as a sample at each evaluation.</source>
        <translation>評価のたびにサンプルとして書くトークン数です。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>チェックポイント間隔</translation>
    </message>
    <message>
        <source>Steps between two full states to resume from.</source>
        <translation>再開用に全状態を保存する間隔（ステップ数）です。</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>スナップショット数</translation>
    </message>
    <message>
        <source>Stops of the time machine, dense early and sparse late.</source>
        <translation>タイムラインで止まれる地点の数です。初めは密に、後は疎に置きます。</translation>
    </message>
    <message>
        <source>Snapshot space</source>
        <translation>スナップショット容量</translation>
    </message>
    <message>
        <source>All snapshots together stay below this.</source>
        <translation>全スナップショットの合計容量の上限です。</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Same seed, same text, same curve.</source>
        <translation>シードとテキストが同じなら、曲線も同じになります。</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>Fused never stores the weights, explicit does: the same numbers, other time and memory.</source>
        <translation>融合は重みを保存せず、明示は保存します。数値は同じで、時間とメモリが違います。</translation>
    </message>
    <message>
        <source>fused</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>explicit</source>
        <translation>明示</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>コンパイル</translation>
    </message>
    <message>
        <source>Let torch compile the model first, where a C++ compiler is there.</source>
        <translation>C++コンパイラがあれば、先にtorchでモデルをコンパイルします。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>bf16 halves the bits of the matrix products where the machine supports it.</source>
        <translation>bf16は、対応する機種で行列積のビット数を半分にします。</translation>
    </message>
    <message>
        <source>fp32</source>
        <translation>fp32</translation>
    </message>
    <message>
        <source>bf16</source>
        <translation>bf16</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Where to compute; auto takes a GPU if there is one.</source>
        <translation>計算に使う装置です。自動ではGPUがあれば使います。</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>cpu</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>cuda</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>mps</source>
        <translation>MPS</translation>
    </message>
    <message>
        <source>Go on from</source>
        <translation>引き継ぐ実行</translation>
    </message>
    <message>
        <source>A run whose weights this one begins with; empty begins at random.</source>
        <translation>この実行が最初に使う重みを持つ実行。空なら乱数から始めます。</translation>
    </message>
    <message>
        <source>At step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Which snapshot of that run.</source>
        <translation>その実行のどのスナップショットか。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Full changes all weights; LoRA adds small matrices and leaves the rest as it is.</source>
        <translation>全体はすべての重みを変え、LoRAは小さな行列を加えて残りはそのままにします。</translation>
    </message>
    <message>
        <source>full</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>lora</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRAのランク</translation>
    </message>
    <message>
        <source>Width of the added matrices.</source>
        <translation>加える行列の幅です。</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRAのα</translation>
    </message>
    <message>
        <source>Weight of what is added: alpha / rank.</source>
        <translation>加えるものの重み：α÷ランク。</translation>
    </message>
    <message>
        <source>LoRA dropout</source>
        <translation>LoRAのドロップアウト</translation>
    </message>
    <message>
        <source>Share of the adapter&apos;s input switched off while training.</source>
        <translation>訓練中に止めるアダプタ入力の割合です。</translation>
    </message>
    <message>
        <source>LoRA on</source>
        <translation>LoRAの対象</translation>
    </message>
    <message>
        <source>Which matrices get an adapter.</source>
        <translation>どの行列にアダプタを付けるか。</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>feed_forward</source>
        <translation>フィードフォワード</translation>
    </message>
    <message>
        <source>all</source>
        <translation>両方</translation>
    </message>
    <message>
        <source>Frozen layers</source>
        <translation>固定する層</translation>
    </message>
    <message>
        <source>This many layers from the bottom stay as they are.</source>
        <translation>下からこの数の層は変わりません。</translation>
    </message>
    <message>
        <source>Freeze embeddings</source>
        <translation>埋め込みを固定</translation>
    </message>
    <message>
        <source>Token and position tables stay as they are.</source>
        <translation>トークンと位置の表は変わりません。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Below 1 safer, above 1 wilder; 0 always takes the likeliest.</source>
        <translation>1より小さいと堅実に、大きいと奔放になります。0では常に最有力を選びます。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Keep only this many of the likeliest tokens; 0 keeps all.</source>
        <translation>確率の高い順にこの数のトークンだけを残します。0ではすべて残します。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Keep the likeliest tokens that together reach this probability; 1 keeps all.</source>
        <translation>確率の高い順に、合計がこの値に達するまで残します。1ではすべて残します。</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最大トークン数</translation>
    </message>
    <message>
        <source>Tokens to write before stopping.</source>
        <translation>書くトークン数の上限です。</translation>
    </message>
    <message>
        <source>Same seed, same text.</source>
        <translation>シードが同じなら、テキストも同じになります。</translation>
    </message>
    <message>
        <source>Tiny</source>
        <translation>極小</translation>
    </message>
    <message>
        <source>Writes recognizable sentences within a minute on two cores.</source>
        <translation>2コアで1分以内に文らしい文を書きます。</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Better text in a quarter of an hour.</source>
        <translation>15分ほどで、より良いテキストになります。</translation>
    </message>
    <message>
        <source>nanoGPT on a CPU</source>
        <translation>nanoGPT（CPU用）</translation>
    </message>
    <message>
        <source>The shape of nanoGPT&apos;s CPU recipe on characters: 4 layers, 4 heads, width 128, context 64.</source>
        <translation>nanoGPTのCPU向けレシピと同じ形です（文字単位、4層、4ヘッド、幅128、コンテキスト64）。</translation>
    </message>
    <message>
        <source>GPT-2 small</source>
        <translation>GPT-2 small</translation>
    </message>
    <message>
        <source>The shape of GPT-2&apos;s smallest model, 124 million parameters; wants a GPU and much text.</source>
        <translation>GPT-2の最小モデルと同じ形です。パラメータは1億2400万個で、GPUと大量のテキストが必要です。</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>More settings</source>
        <translation>詳細設定</translation>
    </message>
</context>
<context>
    <name>SourceField</name>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Text file…</source>
        <translation>テキストファイル…</translation>
    </message>
    <message>
        <source>Folder of text files…</source>
        <translation>テキストファイルのフォルダー…</translation>
    </message>
    <message>
        <source>Built-in: short tales in English</source>
        <translation>英語の短い物語（内蔵）</translation>
    </message>
    <message>
        <source>Built-in: short tales in Japanese</source>
        <translation>日本語の短い物語（内蔵）</translation>
    </message>
    <message>
        <source>Built-in: English sentences and their translations</source>
        <translation>内蔵: 英文とその日本語訳</translation>
    </message>
    <message>
        <source>Built-in: copying</source>
        <translation>コピー課題（内蔵）</translation>
    </message>
    <message>
        <source>Built-in: reversing</source>
        <translation>逆順課題（内蔵）</translation>
    </message>
    <message>
        <source>Built-in: sorting</source>
        <translation>並べ替え課題（内蔵）</translation>
    </message>
    <message>
        <source>Built-in: adding numbers</source>
        <translation>足し算課題（内蔵）</translation>
    </message>
    <message>
        <source>Built-in: closing brackets</source>
        <translation>括弧閉じ課題（内蔵）</translation>
    </message>
</context>
<context>
    <name>StreamChart</name>
    <message>
        <source>stream</source>
        <translation>ストリーム</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>クロスアテンション</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>フィードフォワード</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>埋め込み</translation>
    </message>
</context>
<context>
    <name>TextDialogs</name>
    <message>
        <source>Texts</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Choose a text file</source>
        <translation>テキストファイルの選択</translation>
    </message>
    <message>
        <source>Choose a folder of text files</source>
        <translation>テキストファイルのフォルダーの選択</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Train a model or open a run: its whole training will lie here.</source>
        <translation>モデルを訓練するか実行を開くと、訓練の全過程がここに表示されます。</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>ステップ{0}</translation>
    </message>
    <message>
        <source>train loss {0}</source>
        <translation>訓練損失 {0}</translation>
    </message>
    <message>
        <source>Timeline of the training</source>
        <translation>訓練のタイムライン</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>再生を停止</translation>
    </message>
    <message>
        <source>Play the training</source>
        <translation>訓練を再生</translation>
    </message>
    <message>
        <source>There are no snapshots to play through yet.</source>
        <translation>再生できるスナップショットがまだありません。</translation>
    </message>
    <message>
        <source>Snapshot at step {0}</source>
        <translation>ステップ{0}のスナップショット</translation>
    </message>
</context>
<context>
    <name>TokenMap</name>
    <message>
        <source>Map of the token vectors</source>
        <translation>トークンのベクトルのマップ</translation>
    </message>
    <message>
        <source>1st principal component, {0} % of the variance</source>
        <translation>第1主成分（分散の{0}%）</translation>
    </message>
    <message>
        <source>2nd principal component, {0} % of the variance</source>
        <translation>第2主成分（分散の{0}%）</translation>
    </message>
    <message>
        <source>Piece</source>
        <translation>ピース</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0}トークン</translation>
    </message>
    <message>
        <source>chosen: {0}</source>
        <translation>選択中：{0}</translation>
    </message>
</context>
<context>
    <name>TokenizePage</name>
    <message>
        <source>{0} token vectors of {1} numbers each, at step {2}</source>
        <translation>トークンのベクトル{0}個（{1}次元）、ステップ{2}</translation>
    </message>
    <message>
        <source>Here a text is cut into tokens, coloured and numbered, while you type. It takes a tokenizer.</source>
        <translation>入力したテキストをその場でトークンに分け、色と番号を付けます。
トークナイザーが必要です。</translation>
    </message>
    <message>
        <source>Train a tokenizer on the built-in tales</source>
        <translation>内蔵の物語でトークナイザーを訓練する</translation>
    </message>
    <message>
        <source>Training a tokenizer on the built-in tales… {0} %</source>
        <translation>内蔵の物語でトークナイザーを訓練中… {0} %</translation>
    </message>
    <message>
        <source>Tokenize</source>
        <translation>トークン化</translation>
    </message>
    <message>
        <source>Open a text…</source>
        <translation>テキストを開く…</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>例文</translation>
    </message>
    <message>
        <source>Put the example text back</source>
        <translation>例文に戻します</translation>
    </message>
    <message>
        <source>Type, paste or drop a text</source>
        <translation>テキストを入力、貼り付け、またはドロップ</translation>
    </message>
    <message>
        <source>Text to cut into tokens</source>
        <translation>トークンに分けるテキスト</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>マップ</translation>
    </message>
    <message>
        <source>All tokens by the vectors that a model has</source>
        <translation>モデルが持つベクトルで全トークンを配置します</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>トークナイザー</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>語彙</translation>
    </message>
    <message>
        <source>Tokenizer in use</source>
        <translation>使用中のトークナイザー</translation>
    </message>
    <message>
        <source>Train a tokenizer</source>
        <translation>トークナイザーを訓練</translation>
    </message>
    <message>
        <source>{0} pieces</source>
        <translation>{0}ピース</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Copy ids</source>
        <translation>IDをコピー</translation>
    </message>
    <message>
        <source>Spaces as ␣</source>
        <translation>空白を␣で表示</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Point at a token, or walk over them with the arrow keys.</source>
        <translation>トークンにカーソルを合わせるか、矢印キーで移動してください。</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0}トークン</translation>
    </message>
    <message>
        <source>{0} characters per token</source>
        <translation>1トークンあたり{0}文字</translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation>{0}文字</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0}バイト</translation>
    </message>
    <message>
        <source>only the first {0} of {1} characters are cut into tokens</source>
        <translation>{1}文字のうち最初の{0}文字だけをトークンに分けています</translation>
    </message>
    <message>
        <source>begins a word</source>
        <translation>語の先頭</translation>
    </message>
    <message>
        <source>other piece</source>
        <translation>その他のピース</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>バイト</translation>
    </message>
    <message>
        <source>special</source>
        <translation>特殊</translation>
    </message>
    <message>
        <source>unknown: not in the vocabulary</source>
        <translation>未知（語彙にない）</translation>
    </message>
    <message>
        <source>control</source>
        <translation>制御</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>ピース</translation>
    </message>
    <message>
        <source>id {0}</source>
        <translation>ID {0}</translation>
    </message>
    <message>
        <source>no characters</source>
        <translation>文字なし</translation>
    </message>
    <message>
        <source>character {0}: {1}</source>
        <translation>{0}文字目：{1}</translation>
    </message>
    <message>
        <source>characters {0} to {1}: {2}</source>
        <translation>{0}～{1}文字目：{2}</translation>
    </message>
    <message>
        <source>byte {0} of {1}</source>
        <translation>{1}バイト中{0}番目</translation>
    </message>
    <message>
        <source>{0} bytes: {1}</source>
        <translation>{0}バイト：{1}</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Piece</source>
        <translation>ピース</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>コサイン</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>内積</translation>
    </message>
    <message>
        <source>Dot product</source>
        <translation>内積</translation>
    </message>
    <message>
        <source>What is near</source>
        <translation>近さの測り方</translation>
    </message>
    <message>
        <source>The angle alone: 1 is the same direction</source>
        <translation>角度だけで比べます。1は同じ向きです</translation>
    </message>
    <message>
        <source>The angle and both lengths, as attention sees it</source>
        <translation>角度と長さの両方で比べます。アテンションの計算と同じです</translation>
    </message>
    <message>
        <source>Nearest tokens</source>
        <translation>近いトークン</translation>
    </message>
    <message>
        <source>Nearest to {0}</source>
        <translation>{0} に近いトークン</translation>
    </message>
    <message>
        <source>Click a token to see them.</source>
        <translation>トークンをクリックすると表示します。</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>スコア</translation>
    </message>
    <message>
        <source>Search pieces or ids</source>
        <translation>ピースやIDを検索</translation>
    </message>
    <message>
        <source>Search the vocabulary</source>
        <translation>語彙を検索</translation>
    </message>
    <message>
        <source>Of the run {0}</source>
        <translation>実行「{0}」</translation>
    </message>
    <message>
        <source>Only the first {0} characters of {1} were loaded.</source>
        <translation>{1}の最初の{0}文字だけを読み込みました。</translation>
    </message>
    <message>
        <source>Training on {0}…</source>
        <translation>{0}で訓練中…</translation>
    </message>
    <message>
        <source>A tokenizer of {0} pieces was trained in {1} s and is in use here.</source>
        <translation>{0}ピースのトークナイザーを{1}秒で訓練し、ここで使っています。</translation>
    </message>
    <message>
        <source>Drag to move, turn the wheel to zoom, double-click for the whole map.</source>
        <translation>ドラッグで移動、ホイールで拡大縮小、ダブルクリックで全体を表示します。</translation>
    </message>
    <message>
        <source>Here lie all tokens by the vectors that a model has learned for them, those used alike near each other; a tokenizer alone has none.</source>
        <translation>モデルが学んだベクトルの位置に全トークンを並べます。使われ方の似たものは近くなります。
トークナイザーだけではベクトルがありません。</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>モデルを訓練する</translation>
    </message>
    <message>
        <source>The run {0} learned vectors for its own tokenizer’s tokens, not for this one’s.</source>
        <translation>実行「{0}」が学んだのは自分のトークナイザーのベクトルで、このトークナイザーのものではありません。</translation>
    </message>
    <message>
        <source>Use the run’s tokenizer</source>
        <translation>実行のトークナイザーを使う</translation>
    </message>
    <message>
        <source>Waiting for the model…</source>
        <translation>モデルを待っています…</translation>
    </message>
    <message>
        <source>Map of the token vectors</source>
        <translation>トークンのベクトルのマップ</translation>
    </message>
    <message>
        <source>Tokens of the text</source>
        <translation>テキストのトークン</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>The trainer is starting.</source>
        <translation>訓練プロセスを起動しています。</translation>
    </message>
    <message>
        <source>The trainer was told and answers after the step it is at.</source>
        <translation>訓練プロセスに伝えました。今のステップの後で応答します。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Start from the beginning</source>
        <translation>最初から開始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>1ステップ</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>最初からやり直す</translation>
    </message>
    <message>
        <source>Train a new one</source>
        <translation>新しく訓練</translation>
    </message>
    <message>
        <source>Train a new model on this text.</source>
        <translation>このテキストで新しいモデルを訓練します。</translation>
    </message>
    <message>
        <source>Train this run from its first step.</source>
        <translation>この実行を最初のステップから訓練します。</translation>
    </message>
    <message>
        <source>Hold the training; the model stays loaded and can be asked meanwhile.</source>
        <translation>訓練を一時停止します。モデルは読み込まれたままで、その間も使えます。</translation>
    </message>
    <message>
        <source>Go on where the training was held.</source>
        <translation>一時停止した所から再開します。</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint, as if nothing had happened.</source>
        <translation>最後のチェックポイントから、何事もなかったように再開します。</translation>
    </message>
    <message>
        <source>Change the weights once more, and hold again.</source>
        <translation>重みをもう一度だけ更新し、また止まります。</translation>
    </message>
    <message>
        <source>Back to before the first step; what the run has learned is set aside.</source>
        <translation>最初のステップの前に戻します。学習したものは取っておきます。</translation>
    </message>
    <message>
        <source>Save a checkpoint and end the trainer; the run can go on later.</source>
        <translation>チェックポイントを保存して訓練を終えます。後で再開できます。</translation>
    </message>
    <message>
        <source>Choose text and settings of another run; this one is kept.</source>
        <translation>別の実行のテキストと設定を選びます。この実行は残ります。</translation>
    </message>
    <message>
        <source>rate × {0}</source>
        <translation>学習率 × {0}</translation>
    </message>
    <message>
        <source>went on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>出発点</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>トークナイザー</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>実行の名前</translation>
    </message>
    <message>
        <source>More settings on the Build page</source>
        <translation>構築ページで詳細設定</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>独自の設定</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>The beginning; the training reads all of it.</source>
        <translation>冒頭です。訓練では全体を読みます。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Tokens in all</source>
        <translation>合計トークン数</translation>
    </message>
    <message>
        <source>Per step</source>
        <translation>1ステップあたり</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Beginning of the text</source>
        <translation>テキストの冒頭</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>約{0}</translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation>{0}文字</translation>
    </message>
    <message>
        <source>{0} different</source>
        <translation>{0}種類</translation>
    </message>
    <message>
        <source>{0} lines</source>
        <translation>{0}行</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0}ファイル</translation>
    </message>
    <message>
        <source>There is no run in view yet.</source>
        <translation>表示中の実行がまだありません。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新しい実行</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>この実行</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Only while the training runs.</source>
        <translation>訓練中だけ使えます。</translation>
    </message>
    <message>
        <source>This run has nothing to go on from.</source>
        <translation>この実行には続きを始めるものがありません。</translation>
    </message>
    <message>
        <source>Stop the training first.</source>
        <translation>先に訓練を停止してください。</translation>
    </message>
    <message>
        <source>Train the last stretch again from its checkpoint, and compare every number bit for bit.</source>
        <translation>チェックポイントから最後の区間を訓練し直し、すべての数値をビット単位で比べます。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Ends at step</source>
        <translation>終わりのステップ</translation>
    </message>
    <message>
        <source>Longer or shorter, now or when the run goes on; the schedule bends to it.</source>
        <translation>今すぐ、または再開時に、長くも短くもできます。スケジュールも合わせて変わります。</translation>
    </message>
    <message>
        <source>Verify resume</source>
        <translation>再開を検証</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比較する実行</translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation>今すぐチェックポイントを保存</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>表示する量</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横軸</translation>
    </message>
    <message>
        <source>over</source>
        <translation>横軸</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑化</translation>
    </message>
    <message>
        <source>Over about how many points the strong line averages; the thin one behind it is what was measured.</source>
        <translation>太い線が平均する点のおよその数。後ろの細い線は測定値そのものです。</translation>
    </message>
    <message>
        <source>log x</source>
        <translation>対数 x</translation>
    </message>
    <message>
        <source>log y</source>
        <translation>対数 y</translation>
    </message>
    <message>
        <source>Each step to the right is a factor, not a sum.</source>
        <translation>右へ一目盛り進むごとに、足し算ではなく掛け算で増えます。</translation>
    </message>
    <message>
        <source>Each step upwards is a factor, not a sum.</source>
        <translation>上へ一目盛り進むごとに、足し算ではなく掛け算で増えます。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全体を表示</translation>
    </message>
    <message>
        <source>The whole picture again (double click, or Escape).</source>
        <translation>全体の表示に戻します（ダブルクリックまたはEscape）。</translation>
    </message>
    <message>
        <source>off</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Bits per byte</source>
        <translation>バイトあたりビット数</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Exact translations</source>
        <translation>完全一致の翻訳</translation>
    </message>
    <message>
        <source>Gradient, clipped</source>
        <translation>勾配（クリップ後）</translation>
    </message>
    <message>
        <source>Weight norm</source>
        <translation>重みノルム</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>bits per byte, validation</source>
        <translation>バイトあたりビット数（検証）</translation>
    </message>
    <message>
        <source>accuracy on validation, %</source>
        <translation>検証での正解率（%）</translation>
    </message>
    <message>
        <source>exact validation sentences, %</source>
        <translation>誤りのない検証文（%）</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>gradient norm before clipping</source>
        <translation>勾配ノルム（クリップ前）</translation>
    </message>
    <message>
        <source>gradient norm after clipping</source>
        <translation>勾配ノルム（クリップ後）</translation>
    </message>
    <message>
        <source>norm of all weights</source>
        <translation>全重みのノルム</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>毎秒トークン数</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>エポック</translation>
    </message>
    <message>
        <source>Active time</source>
        <translation>実働時間</translation>
    </message>
    <message>
        <source>FLOPs</source>
        <translation>計算量（FLOPs）</translation>
    </message>
    <message>
        <source>FLOPs of training</source>
        <translation>訓練のFLOPs</translation>
    </message>
    <message>
        <source>train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>longer ones are clipped to {0}</source>
        <translation>これより長い勾配は{0}に切り詰め</translation>
    </message>
    <message>
        <source>ln {0} = {1}, guessing</source>
        <translation>ln {0} = {1}（当てずっぽう）</translation>
    </message>
    <message>
        <source>{0} tokens, guessing</source>
        <translation>{0}トークン（当てずっぽう）</translation>
    </message>
    <message>
        <source>{0}, guessing</source>
        <translation>{0}（当てずっぽう）</translation>
    </message>
    <message>
        <source>Reading all points: {0} %. The rest is drawn from a sample.</source>
        <translation>全点を読み込み中：{0} %。残りは抜き取りで表示しています。</translation>
    </message>
    <message>
        <source>{0}, from the tokens&apos; frequencies alone</source>
        <translation>{0}（トークンの頻度だけで予測）</translation>
    </message>
    <message>
        <source>The loss will fall here, step by step.</source>
        <translation>損失が1ステップずつ下がる様子がここに表示されます。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>パープレキシティ</translation>
    </message>
    <message>
        <source>Among how many equally likely tokens the model seems to choose, on training text.</source>
        <translation>訓練テキストで、モデルが実質的に何個の候補で迷っているかです。</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>勾配ノルム</translation>
    </message>
    <message>
        <source>Length of the gradient of each step, before it is clipped.</source>
        <translation>各ステップの勾配の長さ（クリッピング前）です。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>The schedule&apos;s value at each step.</source>
        <translation>各ステップでのスケジュールの値です。</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>毎秒トークン数</translation>
    </message>
    <message>
        <source>Speed of the training alone.</source>
        <translation>訓練だけの速度です。</translation>
    </message>
    <message>
        <source>Right guesses, %</source>
        <translation>正解率 (%)</translation>
    </message>
    <message>
        <source>Share of the masked validation tokens that the model fills in right.</source>
        <translation>検証テキストで隠したトークンのうち、モデルが正しく当てた割合です。</translation>
    </message>
    <message>
        <source>Exact translations, %</source>
        <translation>完全一致 (%)</translation>
    </message>
    <message>
        <source>Share of the validation sentences that the model writes without a mistake.</source>
        <translation>検証用の文のうち、モデルが1つも間違えずに訳した割合です。</translation>
    </message>
    <message>
        <source>step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>エポック</translation>
    </message>
    <message>
        <source>seconds of training</source>
        <translation>訓練時間（秒）</translation>
    </message>
    <message>
        <source>loss in nats per token</source>
        <translation>損失（ナット／トークン）</translation>
    </message>
    <message>
        <source>Not trained yet on {0}</source>
        <translation>{0}で未訓練</translation>
    </message>
    <message>
        <source>Preparing to train on {0}</source>
        <translation>{0}での訓練を準備中</translation>
    </message>
    <message>
        <source>Paused while training on {0}</source>
        <translation>{0}での訓練を一時停止中</translation>
    </message>
    <message>
        <source>Stopped while training on {0}</source>
        <translation>{0}での訓練を停止</translation>
    </message>
    <message>
        <source>Trained on {0}</source>
        <translation>{0}で訓練済み</translation>
    </message>
    <message>
        <source>Training on {0} failed</source>
        <translation>{0}での訓練に失敗</translation>
    </message>
    <message>
        <source>Interrupted while training on {0}</source>
        <translation>{0}での訓練が中断</translation>
    </message>
    <message>
        <source>Training on {0}</source>
        <translation>{0}で訓練中</translation>
    </message>
    <message>
        <source>The trainer is starting</source>
        <translation>訓練プロセスを起動中</translation>
    </message>
    <message>
        <source>Its settings are written; no step is done</source>
        <translation>設定済み、ステップはまだ実行していません</translation>
    </message>
    <message>
        <source>Reading the text</source>
        <translation>テキストの読み込み中</translation>
    </message>
    <message>
        <source>Training the tokenizer on the text</source>
        <translation>テキストでトークナイザーを訓練中</translation>
    </message>
    <message>
        <source>Cutting the text into tokens</source>
        <translation>テキストをトークンに分割中</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>準備中</translation>
    </message>
    <message>
        <source>The trainer gave no reason; see {0}.</source>
        <translation>理由は報告されていません。{0}をご覧ください。</translation>
    </message>
    <message>
        <source>The trainer ended without a word at about step {0}.</source>
        <translation>訓練プロセスがステップ{0}付近で突然終了しました。</translation>
    </message>
    <message>
        <source>There is no checkpoint yet, so it can only start from the beginning.</source>
        <translation>チェックポイントがまだないため、最初から始めるしかありません。</translation>
    </message>
    <message>
        <source>“Go on” continues from the checkpoint at step {0}.</source>
        <translation>「再開」でステップ{0}のチェックポイントから続けます。</translation>
    </message>
    <message>
        <source>{0} of {1} steps</source>
        <translation>{0} / {1}ステップ</translation>
    </message>
    <message>
        <source>pausing after this step…</source>
        <translation>このステップの後で一時停止…</translation>
    </message>
    <message>
        <source>saving a checkpoint and stopping…</source>
        <translation>チェックポイントを保存して停止…</translation>
    </message>
    <message>
        <source>judging the validation text…</source>
        <translation>検証テキストを評価中…</translation>
    </message>
    <message>
        <source>{0} to {1} left</source>
        <translation>残り{0}〜{1}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>残り{0}</translation>
    </message>
    <message>
        <source>the model stays loaded</source>
        <translation>モデルは読み込み済み</translation>
    </message>
    <message>
        <source>{0} of training</source>
        <translation>訓練時間{0}</translation>
    </message>
    <message>
        <source>validation loss {0}</source>
        <translation>検証損失 {0}</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0}トークン／秒</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}、{1}</translation>
    </message>
    <message>
        <source>Earlier sample</source>
        <translation>前のサンプル</translation>
    </message>
    <message>
        <source>Later sample</source>
        <translation>次のサンプル</translation>
    </message>
    <message>
        <source>Text that the model wrote</source>
        <translation>モデルが書いたテキスト</translation>
    </message>
    <message>
        <source>At each evaluation the model writes a few lines here.</source>
        <translation>評価のたびに、モデルがここに数行書きます。</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>サンプル</translation>
    </message>
    <message>
        <source>Sample at step {0}</source>
        <translation>ステップ{0}のサンプル</translation>
    </message>
    <message>
        <source>{0} of {1} right</source>
        <translation>{1}個中{0}個正解</translation>
    </message>
    <message>
        <source>The trainer ended before its first step: {0}</source>
        <translation>訓練プロセスが最初のステップの前に終了しました：{0}</translation>
    </message>
    <message>
        <source>it gave no reason; see {0}.</source>
        <translation>理由は報告されていません。{0}をご覧ください。</translation>
    </message>
    <message>
        <source>Layers × heads</source>
        <translation>層 × ヘッド</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Of them trained</source>
        <translation>うち訓練するもの</translation>
    </message>
    <message>
        <source>Training text</source>
        <translation>訓練テキスト</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Last checkpoint</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>{0} ({1} %)</source>
        <translation>{0}（{1}％）</translation>
    </message>
    <message>
        <source>At most {0} runs are drawn beside this one. Take another away first.</source>
        <translation>並べて描ける実行は{0}件までです。先に別の実行を外してください。</translation>
    </message>
    <message>
        <source>The trainer saves a checkpoint after the step it is at.</source>
        <translation>今のステップの後でチェックポイントを保存します。</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0}トークン</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>ステップ{0}</translation>
    </message>
    <message>
        <source>{0} begins anew. What it had learned is set aside until it is trained again.</source>
        <translation>{0}は最初からになりました。学習したものは、また訓練するまで取っておきます。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>{0} steps on {1}</source>
        <translation>{1}で{0}ステップ</translation>
    </message>
    <message>
        <source>Train a new model</source>
        <translation>新しいモデルの訓練</translation>
    </message>
    <message>
        <source>Training: {0}</source>
        <translation>訓練：{0}</translation>
    </message>
    <message>
        <source>An encoder-decoder learns from pairs, and this text holds none. Choose one with translations, or another kind on the Build page.</source>
        <translation>エンコーダ・デコーダは対訳から学びますが、このテキストには対訳がありません。訳のあるテキストを選ぶか、「構築」ページで別の種類を選んでください。</translation>
    </message>
    <message>
        <source>An encoder-decoder learns from pairs, but line {0} has no tab between a source and its target. Choose another text, name a file with the translations, or choose another kind on the Build page.</source>
        <translation>エンコーダ・デコーダは対訳から学びますが、{0}行目には原文と訳文を分けるタブがありません。別のテキストを選ぶか、訳文のファイルを指定するか、「構築」ページで別の種類を選んでください。</translation>
    </message>
    <message>
        <source>{0} of {1} parameters learn ({2} %).</source>
        <translation>{1}個のうち{0}個のパラメータを学習します（{2}％）。</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>ランダムな重み</translation>
    </message>
    <message>
        <source>{0}, step {1}</source>
        <translation>{0}、ステップ{1}</translation>
    </message>
    <message>
        <source>Adapters need a run to be added to. Choose what to begin with.</source>
        <translation>アダプターには追加先のモデルが必要です。出発点を選んでください。</translation>
    </message>
    <message>
        <source>The run that it should begin with is gone. Choose another beginning.</source>
        <translation>出発点のモデルが見つかりません。別の出発点を選んでください。</translation>
    </message>
    <message>
        <source>The model is no longer like that of ‘{0}’. Choose the beginning anew.</source>
        <translation>モデルの形が「{0}」と変わりました。出発点を選び直してください。</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>スナップショット</translation>
    </message>
    <message>
        <source>fork: {0}</source>
        <translation>分岐：{0}</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>異なる設定</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>最後の損失</translation>
    </message>
    <message>
        <source>Last validation</source>
        <translation>最後の検証損失</translation>
    </message>
    <message>
        <source>Best validation</source>
        <translation>最良の検証損失</translation>
    </message>
    <message>
        <source>Go on from step {0} at half the rate</source>
        <translation>学習率を半分にしてステップ{0}から続ける</translation>
    </message>
    <message>
        <source>Go on with batches of {0}, {1} to a step</source>
        <translation>バッチ{0}、1ステップ{1}回に分けて続ける</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>The run has no checkpoint yet.</source>
        <translation>この実行にはまだチェックポイントがありません。</translation>
    </message>
    <message>
        <source>Loading the checkpoint</source>
        <translation>チェックポイントを読み込み中</translation>
    </message>
    <message>
        <source>Step {0} again, of {1} to {2}</source>
        <translation>ステップ{0}をやり直し中（{1}〜{2}）</translation>
    </message>
    <message>
        <source>Steps {0} to {1} were trained again, and not all is equal. {2}</source>
        <translation>ステップ{0}〜{1}を訓練し直しましたが、一致しない値があります。{2}</translation>
    </message>
    <message>
        <source>Steps {0} to {1} were trained again: all {2} numbers are equal bit for bit.</source>
        <translation>ステップ{0}〜{1}を訓練し直しました。{2}個の数値すべてがビット単位で一致します。</translation>
    </message>
</context>
<context>
    <name>Unexpected</name>
    <message>
        <source>Something went wrong that should not have ({0}). What happened is in {1}.</source>
        <translation>予期しない問題が起きました（{0}）。詳細は{1}にあります。</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Open a run folder</source>
        <translation>実行フォルダーを開く</translation>
    </message>
    <message>
        <source>Transformer Playground</source>
        <translation>Transformer Playground</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{0} s</source>
        <translation>{0}秒</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0}分</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0}時間{1}分</translation>
    </message>
    <message>
        <source>{0} days</source>
        <translation>{0}日</translation>
    </message>
</context>
<context>
    <name>WorkerClient</name>
    <message>
        <source>The worker stopped before it answered. Ask again.</source>
        <translation>計算プロセスが応答前に停止しました。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The worker stopped and was restarted; ask again.</source>
        <translation>計算プロセスが停止したため再起動しました。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The worker stopped several times in a row. It is started again at the next question; see {0}.</source>
        <translation>計算プロセスが続けて停止しました。次の操作で再起動します。{0}をご覧ください。</translation>
    </message>
</context>
</TS>
