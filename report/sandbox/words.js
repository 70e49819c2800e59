// What the page says, in Japanese and English.
const SAY = {
  what: ["この画面では、認定や前提を変えると賠償額がどう変わるかを試せます。計算はすべてこのファイルの中で行われ、外部との通信は一切ありません。", "Try here what other findings would change. Everything is worked out inside this file; nothing leaves it."],
  advice: ["これは法的助言ではありません。約款と認定を所定の方法で読んだ計算結果です。", "This is not legal advice. It is arithmetic on terms and findings as they were read."],
  language: ["English", "日本語"],
  scenario: ["シナリオ", "Scenario"], findings: ["認定と前提", "Findings and assumptions"],
  pick: ["出発点とするシナリオ", "Start from"], resetAll: ["変更をすべて元に戻す", "Undo all changes"], reset: ["元に戻す", "undo"], changed: ["変更済み", "changed"], changes: ["件を変更", "changed"],
  was: ["元の値", "was"], open: ["未決（すべての解釈を計算）", "open: compute every reading"], openShort: ["未決", "open"],
  irrelevant: ["現在の設定では影響しません", "plays no part now"], because: ["の設定による", "decides this"],
  total: ["支払うべき総額", "Total owed"], range: ["範囲", "range"], to: [" ～ ", " to "], diff: ["基準シナリオとの差", "against the base scenario"], base: ["基準", "base"], same: ["差なし", "no difference"],
  results: ["結果", "Results"], customers: ["契約者", "customers"], paid: ["支払あり", "paid"], nothing: ["支払なし", "nothing"], back: ["返還を受ける", "owed back"], judgement: ["判断が必要", "needs judgement"], void: ["契約なし", "void"],
  byContract: ["契約ごと", "By contract"], contract: ["契約", "Contract"], amount: ["金額", "Amount"], count: ["件数", "Rows"], rule: ["規則・条項", "Rule or clause"],
  waterfall: ["請求額から支払額まで", "From what is claimed to what is owed"], after: ["残額", "Then"], firstReading: ["未決の点は第一の解釈による", "under the first reading of what is open"],
  spread: ["支払額の分布", "How the amounts are spread"], upTo: ["まで", "up to"], bears: ["最終的な負担者", "Who finally bears it"], party: ["当事者", "Party"], bearsAmount: ["負担額", "Bears"], share: ["割合", "Share"],
  recourse: ["求償", "Recourse"], recovers: ["回収額", "Recovers"], owes: ["求償関係", "Contribution"], largest: ["支払額の大きい契約者", "Largest amounts"], id: ["番号", "Id"], name: ["名称", "Name"], result: ["結果", "Result"],
  sets: ["シナリオの比較", "All scenarios"], shown: ["表示中", "shown"], now: ["現在の設定", "as set now"], one: ["契約者ごとの算定", "One customer"], search: ["番号または名称で探す", "Search by id or name"], found: ["件", "found"],
  recorded: ["記録された事実", "Recorded"], working: ["算定の過程", "Working"], did: ["効果", "Effect"], readings: ["解釈ごとの金額", "By reading"],
  save: ["保存", "Save"], saveYAML: ["設定を scenarios.yaml として保存", "Save the settings as scenarios.yaml"], saveCSV: ["契約者の結果を CSV で保存", "Save customers' results as CSV"],
  rests: ["この計算が拠るもの", "What this rests on"], hash: ["計算の識別値", "Hash of the calculation"], file: ["ファイル", "File"], made: ["前提（変更したもの）", "Assumptions made"], unchanged: ["変更なし。シナリオのとおり", "none: as in the scenario"],
  why: ["理由", "why"], from: ["出所", "source"], value: ["値", "value"], yes: ["はい", "yes"], no: ["いいえ", "no"], none: ["なし", "none"], days: ["日", "days"], percent: ["%", "%"],
  beyond: ["数値が正確に扱える範囲（2の53乗未満）を超えました", "a number went beyond 2^53 − 1, up to which this page counts exactly"], divide: ["ゼロによる除算", "division by zero"], index: ["表の範囲外", "outside a table"],
  tooMany: ["未決の点が多すぎます。いくつか決めてください: ", "too much is open; decide some of it: "], failed: ["計算できません", "This cannot be worked out"], customer: ["契約者", "customer"], column: ["列", "column"],
  sumOf: ["合計は100%になるよう調整されます", "the others move so that all sum to 100 %"], more: ["詳しい説明は amends explain で示されます。", "amends explain tells more of this."], differs: ["契約により異なる", "differs between contracts"],
  chartWaterfall: ["棒グラフ: 請求額から支払額までの各規則の増減。下の表に同じ数値があります。", "Bar chart: what each rule added or took off. The table below has the same figures."],
  chartSpread: ["棒グラフ: 支払額の階級ごとの契約者数。", "Bar chart: how many customers fall in each class of amount."],
  anonymous: ["名称を除いた版", "without names"], open2: ["開く", "Open"], perCustomer: ["件表示", "shown"], skip: ["結果へ移動", "Skip to the results"], closed: ["その他", "other"], asOf: ["基準日", "as of"],
};
const GROUPS = [["fault", ["過失の程度", "Grade of fault"]], ["clauses", ["条項", "Clauses"]], ["law", ["法令・判例", "Law"]], ["admitted", ["損害の認定", "What is admitted"]],
  ["own", ["顧客側の過失", "The customers' own fault"]], ["shares", ["負担割合と支払", "Shares and who pays"]], ["further", ["その他", "Further"]]];
const ORIGINS = {findings: ["認定", "finding"], contract: ["約款", "contract"], law: ["法令", "law"], incident: ["事実", "incident"], assumed: ["仮定", "assumption"], open: ["未決", "open"], edited: ["画面で設定", "set here"]};
const EFFECTS = {applied: ["適用", "applied"], "not-reached": ["影響なし", "changes nothing"], lifted: ["適用除外", "lifted"], replaced: ["特約優先", "replaced"], struck: ["無効", "void"], "set-aside": ["適用せず", "set aside"], "not-met": ["条件を満たさず", "conditions not met"], silent: ["定めなし", "says nothing of this"]};
