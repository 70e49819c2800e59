// How the columns of one row came about, in words: one more reading of the expressions, a case a node, with the row's own figures.

const UNIT = {amount: 0, millis: 1, yesNo: 2, number: 3, service: 4, quantity: 5, day: 6};
const COMPARE = {eq: (a, b) => a === b, ne: (a, b) => a !== b, lt: (a, b) => a < b, le: (a, b) => a <= b, gt: (a, b) => a > b, ge: (a, b) => a >= b};
const COMPARED = { // when it holds and when it does not, in Japanese and in English
  eq: [["が", "である"], ["が", "でない"], "is", "is not"], ne: [["が", "でない"], ["が", "である"], "is not", "is"],
  lt: [["が", "より少ない"], ["が", "以上である"], "is less than", "is at least"], le: [["が", "以下である"], ["が", "を超える"], "is at most", "is more than"],
  gt: [["が", "を超える"], ["が", "以下である"], "is more than", "is at most"], ge: [["が", "以上である"], ["が", "未満である"], "is at least", "is below"],
};
const ROUNDED = {
  partDown: ["（端数切捨て）", " (fraction dropped)"], partUp: ["（端数切上げ）", " (fraction counted as a whole)"], partHalfUp: ["（四捨五入）", " (half up)"],
  partHalfDown: ["（五捨六入）", " (half down)"], partHalfEven: ["（偶数への丸め）", " (half to even)"],
};
const DIVIDE = {partDown, partUp, partHalfUp, partHalfDown, partHalfEven};
const TESTED = {
  stands: [["が適用される", " applies"], ["が適用されない", " does not apply"]], lifted: [["が適用除外となる", " is lifted"], ["が適用除外とならない", " is not lifted"]],
  struck: [["が無効である", " is void"], ["が無効でない", " is not void"]],
};

class How {
  constructor(k, i) {
    this.k = k;
    this.i = i;
    this.def = DOC.programs[k];
    this.v = PROGRAMS[k].vectors;
    this.taken = new Map(combinations(k)[0].taken.map((t) => [t.name, t.option]));
  }
  pick(ja, en) { return lang === "ja" ? ja : en; }
  param(name) {
    const v = valueIn(this.k, name);
    return this.taken.has(name) ? {n: this.taken.get(name), d: 1} : v.from === "open" ? {n: readingsOf(PARAMETERS.get(name))[0], d: 1} : v;
  }

  eval(e) {
    if (typeof e === "number") return e;
    const [op, a, b, c, d] = e, of = (x) => this.eval(x);
    switch (op) {
      case "col": return this.v[a][this.i];
      case "param": return b === 2 ? this.param(a).d : this.param(a).n;
      case "add": return add(of(a), of(b));
      case "sub": return sub(of(a), of(b));
      case "min": return Math.min(of(a), of(b));
      case "max": return Math.max(of(a), of(b));
      case "compare": return COMPARE[a](of(b), of(c)) ? 1 : 0;
      case "and": return e.slice(1).every((x) => of(x) !== 0) ? 1 : 0;
      case "or": return e.slice(1).some((x) => of(x) !== 0) ? 1 : 0;
      case "not": return of(a) === 0 ? 1 : 0;
      case "if": return of(of(a) !== 0 ? b : c);
      case "part": return DIVIDE[d](of(a), of(b), of(c));
      case "tier": { let v = c; const x = of(a); for (const [from, value] of b) { if (x < from) break; v = value; } return v; }
      case "table": return b[of(a)];
    }
    const pool = this.def.pools.findIndex((p) => p.of === a && p.scope === b);
    return this.v[this.def.cols.length + 2 * pool + (op === "total" ? 0 : 1)][this.i];
  }

  value(u, v) {
    switch (u) {
      case UNIT.amount: return money(v, this.def.currency);
      case UNIT.yesNo: return v ? this.pick("はい", "yes") : this.pick("いいえ", "no");
      case UNIT.millis: {
        const h = Math.floor(v / 3600000), m = Math.floor(v / 60000) % 60, s = Math.floor(v / 1000) % 60 + (v % 1000 ? "." + String(v % 1000).padStart(3, "0") : "");
        return this.pick(`${h}時間${m}分${s}秒`, `${h} h ${m} min ${s} s`);
      }
      case UNIT.day: return v ? dayText(v) : this.pick("なし", "none");
      case UNIT.service: if (v < this.def.services.length) return tr(this.def.services[v]);
    }
    return String(v);
  }
  col(index) { return this.def.cols[index]; }
  // unitOf is that of the first column in an expression.
  unitOf(e) {
    let unit = null;
    const walk = (x) => {
      if (unit !== null || typeof x === "number" || !Array.isArray(x)) return;
      if (x[0] === "col") { unit = this.col(x[1]).unit; return; }
      const parts = {tier: [1], table: [1], total: [], running: [], param: [], compare: [2, 3], part: [1, 2, 3]}[x[0]] || x.map((_, i) => i).slice(1);
      parts.forEach((p) => walk(x[p]));
    };
    walk(e);
    return unit ?? UNIT.number;
  }
  reading(name) {
    const par = PARAMETERS.get(name), v = this.param(name);
    switch (par.kind) {
      case "choice": return tr(par.options[v.n].label);
      case "money": return major(v.n, par.digits);
      case "weight": return String(v.n);
      case "day": return dayText(v.n);
    }
    let [n, d] = [v.n, v.d];
    for (let x = n, y = d; ; ) { if (y === 0) { n /= x || 1; d /= x || 1; break; } [x, y] = [y, x % y]; }
    return d === 1 ? String(n) : n + "/" + d;
  }

  phrase(e, u) {
    if (typeof e === "number") return u === UNIT.day && e > 0 && e < 1000 ? this.pick(`${e}日`, `${e} day`) : this.value(u, e);
    switch (e[0]) {
      case "col": return tr(this.col(e[1]).label) + " (" + this.value(this.col(e[1]).unit, this.eval(e)) + ")";
      case "param": {
        const par = PARAMETERS.get(e[1]);
        return tr(par.label) + " (" + (par.kind === "money" ? this.value(UNIT.amount, this.eval(e)) : this.reading(e[1])) + ")";
      }
      case "add": return this.flat(e, "add").filter((x) => this.eval(x) !== 0).map((x) => this.phrase(x, u)).join(" + ") || this.value(u, 0);
      case "sub":
        if (this.eval(e[2]) === 0) return this.phrase(e[1], u);
        return e[1] === 0 ? "− " + this.phrase(e[2], u) : this.phrase(e[1], u) + " − " + this.phrase(e[2], u);
      case "min": return this.among(e, u, ["少ない方", "the lesser of"], ["最も少ないもの", "the least of"]);
      case "max": return this.among(e, u, ["多い方", "the greater of"], ["最も多いもの", "the greatest of"]);
      case "if": return this.branch(e, u);
      case "compare": case "and": case "or": case "not": return this.truth(e, this.eval(e) !== 0);
      case "part": return this.part(e, u);
      case "tier": {
        const x = this.phrase(e[1], this.unitOf(e[1]));
        return (u === UNIT.number ? this.pick(x + " に応じた段階 ", "the rung for " + x + ", ") : this.pick(x + " に応じた段階の料率の分子 ", "the tier for " + x + ", numerator ")) + this.eval(e);
      }
      case "table": return (u !== UNIT.millis && u !== UNIT.quantity ? this.pick("表による ", "from the table, ") : this.pick("計測結果 ", "as measured, ")) + this.value(u, this.eval(e));
      case "total": return this.pick("全対象の合計 ", "the total of all rows in the pool, ") + this.value(u, this.eval(e));
    }
    return this.pick("顧客番号順のここまでの累計 ", "the running total up to this row, ") + this.value(u, this.eval(e));
  }
  // flat lists the parts of sums in sums, or of choices in choices of the same kind.
  flat(e, op) { return Array.isArray(e) && e[0] === op ? [...this.flat(e[1], op), ...this.flat(e[2], op)] : [e]; }
  among(e, u, two, more) {
    const parts = this.flat(e, e[0]).map((x) => this.phrase(x, u)), choice = parts.length === 2 ? two : more;
    return this.pick(parts.join(" と ") + " のうち" + choice[0], choice[1] + " " + parts.slice(0, -1).join(", ") + " and " + parts[parts.length - 1]);
  }
  branch(e, u) {
    const why = [];
    while (Array.isArray(e) && e[0] === "if") {
      const holds = this.eval(e[1]) !== 0, said = this.truth(e[1], holds);
      if (why[why.length - 1] !== said) why.push(said);
      e = holds ? e[2] : e[3];
    }
    const text = this.phrase(e, u);
    return this.pick(why.join("、かつ") + "ので、" + text, text + ", since " + why.join(" and "));
  }
  part(e, u) {
    const [, ea, eb, ec, rounding] = e, a = this.eval(ea), b = this.eval(eb), c = this.eval(ec);
    let of = this.phrase(ea, u);
    if (b !== c && Array.isArray(ea) && (ea[0] === "sub" || ea[0] === "add" && of.includes(" + "))) of = this.pick("（" + of + "）", "(" + of + ")");
    if (b === c) return of;
    if (c === 1) return of + " × " + b;
    let text = `${of} × ${b}/${c}`;
    const above = this.factors(eb), below = this.factors(ec);
    if (above.length === below.length && above.length > 1) text = of + above.map((x, i) => ` × ${x}/${below[i]}`).join("");
    const unit = this.unitOf(ea);
    if (b === 1 && unit === UNIT.millis && u !== UNIT.millis) text = of + " ÷ " + this.value(unit, c);
    const why = this.rung(eb);
    if (why) text += this.pick("（" + why + "）", " (" + why + ")");
    return DIVIDE.partUp(a, b, c) === DIVIDE.partDown(a, b, c) ? text : text + this.pick(...ROUNDED[rounding]);
  }
  factors(e) { return Array.isArray(e) && e[0] === "part" && e[3] === 1 ? [...this.factors(e[1]), ...this.factors(e[2])] : [this.eval(e)]; }
  rung(e) {
    if (Array.isArray(e) && e[0] === "if") return this.rung(this.eval(e[1]) !== 0 ? e[2] : e[3]);
    if (!Array.isArray(e) || e[0] !== "tier" || !e[2].length) return "";
    const unit = this.unitOf(e[1]), x = this.eval(e[1]), what = this.phrase(e[1], unit), reached = e[2].filter(([from]) => x >= from).length - 1;
    if (reached < 0) { const first = this.value(unit, e[2][0][0]); return this.pick(what + "が" + first + "未満", what + " is below " + first); }
    const from = this.value(unit, e[2][reached][0]);
    return this.pick(what + "が" + from + "以上", what + " is at least " + from);
  }

  truth(e, holds) {
    if (Array.isArray(e)) switch (e[0]) {
      case "not": return this.truth(e[1], this.eval(e[1]) !== 0);
      case "and": return this.deciding(e.slice(1), holds);
      case "or": return this.deciding(e.slice(1), holds);
      case "compare": return this.compared(e, holds);
      case "col": return this.tested(this.col(e[1]), holds);
    }
    return this.phrase(e, UNIT.yesNo);
  }
  tested(col, holds) {
    const words = TESTED[col.name.split(".")[0]], side = holds ? 0 : 1, cite = col.cite;
    if (col.name.startsWith("replaced.") && cite) return holds ? this.pick(cite + "に優先する条項がある", "another clause takes the place of " + cite) : this.pick(cite + "に優先する条項がない", "no clause takes the place of " + cite);
    if (words && cite) return cite + tr(words[side]);
    return holds ? this.pick(`「${col.label[0]}」に当たる`, "it is recorded: " + col.label[1]) : this.pick(`「${col.label[0]}」に当たらない`, "it is not the case: " + col.label[1]);
  }
  deciding(of, holds) {
    const parts = of.filter((x) => (this.eval(x) !== 0) === holds).map((x) => this.truth(x, holds));
    return parts.join(this.pick("、かつ", " and ")) || this.pick("条件がない", "there is no condition");
  }
  compared(e, holds) {
    const [, op, a, b] = e;
    if (Array.isArray(a) && a[0] === "param" && PARAMETERS.get(a[1]).kind === "choice")
      return tr(PARAMETERS.get(a[1]).label) + this.pick("が「", " is “") + this.reading(a[1]) + this.pick("」である", "”");
    const unit = this.unitOf(a), x = this.phrase(a, unit), y = this.phrase(b, unit), w = COMPARED[op], ja = w[holds ? 0 : 1];
    return this.pick(x + ja[0] + y + ja[1], x + " " + w[holds ? 2 : 3] + " " + y);
  }

  // column tells one column; a numerator goes with its denominator.
  column(index) {
    const c = this.col(index), label = tr(c.label), v = this.v[index][this.i], value = this.value(c.unit, v), e = this.def.trees[index];
    if (c.name.endsWith(".num")) {
      const den = this.def.cols.findIndex((x) => x.name === c.name.slice(0, -4) + ".den");
      if (den >= 0) {
        let n = v, d = Math.max(this.v[den][this.i], 1), x = n, y = d;
        while (y !== 0) [x, y] = [y, x % y];
        if (x > 1) { n /= x; d /= x; }
        return n === 0 ? label + ": " + this.pick("なし", "none") : `${label}: ${n}/${this.v[den][this.i] > 0 ? d : this.v[den][this.i]}`;
      }
    }
    if (e === null) return label + ": " + value;
    const how = Array.isArray(e) && e[0] === "table" ? "" : this.phrase(e, c.unit);
    return how && how !== value ? `${label} = ${how} = ${value}` : `${label} = ${value}`;
  }

  // behind lists the columns that show how a posting came about: those of its rule and clause that are not nothing.
  behind(index) {
    const post = this.col(index), out = [];
    this.def.cols.forEach((c, i) => {
      const shows = c.role === ROLE.working || c.role === ROLE.test && c.ruleId === "own-fault";
      if (!c.ruleId || c.ruleId !== post.ruleId || (c.clause || "") !== (post.clause || "") || !shows || c.name.endsWith(".den") || this.def.trees[i] === null) return;
      if (this.v[i][this.i] !== 0) out.push(i);
    });
    return out;
  }
}
