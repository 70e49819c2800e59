// What people see. Text reaches the page as text only.

let lang = DOC.lang, shownResults = null, baseTotals = null, setTotals = null, chosen = null, announcing = 0;
const tr = (t) => Array.isArray(t) ? t[lang === "ja" ? 0 : 1] : t;
const say = (key) => tr(SAY[key]);

// h makes an element. Attributes that are functions listen.
function h(tag, attrs, ...children) {
  const svg = ["svg", "rect", "line", "text", "g", "title", "desc"].includes(tag);
  const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [k, v] of Object.entries(attrs || {})) {
    if (typeof v === "function") e.addEventListener(k, v);
    else if (v === true) e.setAttribute(k, "");
    else if (v !== false && v !== null && v !== undefined) e.setAttribute(k, v);
  }
  for (const c of children.flat()) if (c !== null && c !== undefined) e.append(typeof c === "object" ? c : String(c));
  return e;
}
// outer is text from outside, set apart so that its direction cannot reach its neighbours.
const outer = (s) => h("bdi", {}, s);

function money(v, cur) {
  const [whole, frac] = major(Math.abs(v), cur.digits).split(".");
  const s = (v < 0 ? "−" : ""), digits = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (frac ? "." + frac : "");
  if (cur.code === "JPY") return lang === "ja" ? s + digits + "円" : s + "¥" + digits;
  return s + digits + " " + cur.code;
}
const signed = (v, cur) => (v > 0 ? "+" : "") + money(v, cur);
const inside = (s) => lang === "ja" ? "（" + s + "）" : " (" + s + ")";
const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

// shownValue is a parameter's value in words.
function shownValue(par, v) {
  if (v.from === "open" || v.open) return say("openShort");
  switch (par.kind) {
    case "choice": return tr(par.options[v.n].label);
    case "money": return money(v.n, {code: par.code, digits: par.digits});
    case "day": return dayText(v.n);
    case "weight": return shareText(par.name);
    case "times": return v.d === 1 ? count(v.n) : v.n + "/" + v.d;
  }
  return ratioText(v.n, v.d).replace("%", " %");
}
const weights = () => DOC.parameters.filter((p) => p.kind === "weight");
function shareText(name) {
  const all = weights().reduce((s, p) => s + valueOf(p.name).n, 0);
  return ratioText(valueOf(name).n, all || 1).replace("%", " %");
}

// A control shows one parameter; refresh brings it in line with the state.
const controls = [];

function set(name, v) {
  const s = settledOf(name), same = s && !v.open === (s.from !== "open") && (v.open || (s.n === v.n && s.d === v.d));
  if (same && PARAMETERS.get(name).kind !== "weight") state.edits.delete(name);
  else {
    state.edits.set(name, v);
    imply(PARAMETERS.get(name).of);
  }
  update();
}

// imply makes the choice that an edited value takes for granted: a part of a loss counts once it is set.
function imply(of) {
  if (!of || !of.implied || state.edits.has(of.parameter)) return;
  const n = PARAMETERS.get(of.parameter).options.findIndex((o) => o.name === of.options[0]);
  if (valueOf(of.parameter).n !== n) state.edits.set(of.parameter, {n, d: 1});
}

function choice(par, id) {
  const e = h("select", {id, "aria-describedby": id + "-help", change: () => set(par.name, e.value === "open" ? {n: readingsOf(par)[0], d: 1, open: true} : {n: Number(e.value), d: 1})},
    par.options.map((o, i) => h("option", {value: i}, tr(o.label))), par.closed ? [] : h("option", {value: "open"}, say("open")));
  return {nodes: [e], refresh(v) { e.value = v.from === "open" ? "open" : String(v.n); }};
}

// amountField reads what was typed; slider steps over the same values.
function ratioControl(par, id) {
  const r = par.range || (par.kind === "fraction" ? [0, 1, 1, 1] : null), low = r ? r[0] / r[1] : 0, top = (v) => r ? r[2] / r[3] : Math.max(24, Math.ceil((v.n / v.d) * 2));
  const percent = par.kind === "fraction", scale = percent ? 100 : 1;
  const field = h("input", {id, type: "text", inputmode: "decimal", "aria-describedby": id + "-help", change: () => {
    const v = parseRatio(field.value, percent);
    if (!v || (percent && v.n > v.d)) return field.setAttribute("aria-invalid", "true");
    set(par.name, v);
  }});
  const slider = h("input", {type: "range", "aria-label": tr(par.label), step: 1, input: () => set(par.name, reduced(Number(slider.value), percent ? 100 : 1))});
  return {nodes: [slider, field, percent ? h("span", {class: "unit"}, "%") : null], refresh(v) {
    slider.min = Math.ceil(low * scale);
    slider.max = Math.floor(top(v) * scale);
    slider.value = (v.n / v.d) * scale;
    slider.setAttribute("aria-valuetext", shownValue(par, v));
    field.removeAttribute("aria-invalid");
    if (document.activeElement !== field || !field.matches(":focus")) field.value = percent ? ((v.n * 100) % v.d === 0 ? String((v.n * 100) / v.d) : v.n + "/" + v.d) : v.d === 1 ? String(v.n) : v.n + "/" + v.d;
  }};
}
function gcd(a, b) { while (b) [a, b] = [b, a % b]; return a; }
function reduced(n, d) { const g = gcd(n, d) || 1; return {n: n / g, d: d / g}; }
// parseRatio reads 30, 12.5, 30% or 3/10; a plain number is a percentage where percent is true.
function parseRatio(s, percent) {
  s = s.normalize("NFKC").trim();
  let m = /^(\d{1,9})\s*\/\s*(\d{1,9})$/.exec(s);
  if (m) return Number(m[2]) > 0 ? reduced(Number(m[1]), Number(m[2])) : null;
  m = /^(\d{1,7})(?:\.(\d{1,4}))?\s*(%?)$/.exec(s);
  if (!m) return null;
  const d = 10 ** (m[2] || "").length * (percent || m[3] ? 100 : 1);
  return reduced(Number(m[1] + (m[2] || "")), d);
}

function moneyControl(par, id) {
  const field = h("input", {id, type: "text", inputmode: "numeric", "aria-describedby": id + "-help", change: () => {
    const s = field.value.normalize("NFKC").replace(/[,\s]/g, ""), m = /^(\d{1,15})(?:\.(\d+))?$/.exec(s);
    const n = m && (m[2] || "").length <= par.digits ? Number(m[1] + (m[2] || "").padEnd(par.digits, "0")) : NaN;
    if (!Number.isSafeInteger(n)) return field.setAttribute("aria-invalid", "true");
    set(par.name, {n, d: 1});
  }});
  const unit = h("span", {class: "unit"}, par.code === "JPY" && lang === "ja" ? "円" : par.code);
  const nodes = [field, unit];
  let slider = null;
  if (par.range) nodes.unshift(slider = h("input", {type: "range", "aria-label": tr(par.label), min: par.range[0], max: par.range[2], step: Math.max(1, Math.floor((par.range[2] - par.range[0]) / 100)), input: () => set(par.name, {n: Number(slider.value), d: 1})}));
  return {nodes, refresh(v) {
    field.removeAttribute("aria-invalid");
    field.value = major(v.n, par.digits);
    if (slider) slider.value = v.n;
  }};
}

function dayControl(par, id) {
  const field = h("input", {id, type: "date", min: dayText(par.days[0]), max: dayText(par.days[1]), "aria-describedby": id + "-help", change: () => {
    const n = serialOf(field.value);
    if (!(n >= par.days[0] && n <= par.days[1])) return field.setAttribute("aria-invalid", "true");
    set(par.name, {n, d: 1});
  }});
  return {nodes: [field], refresh(v) { field.removeAttribute("aria-invalid"); field.value = dayText(v.n); }};
}

// weigh gives one party n of all whole weights and the rest to the others as they stood to one another.
function weigh(name, n, all) {
  const others = weights().filter((p) => p.name !== name), now = others.map((p) => valueOf(p.name).n), held = now.reduce((a, b) => a + b, 0), rest = all - n;
  const parts = now.map((w) => held ? Math.floor((w * rest) / held) : 0);
  const order = now.map((w, i) => i).sort((i, j) => (held ? ((now[j] * rest) % held) - ((now[i] * rest) % held) : 0) || i - j);
  let left = rest - parts.reduce((a, b) => a + b, 0);
  for (const i of order) if (left > 0) { const more = held ? 1 : left; parts[i] += more; left -= more; }
  state.edits.set(name, {n, d: 1});
  others.forEach((p, i) => state.edits.set(p.name, {n: parts[i], d: 1}));
  update();
}
const wholeOf = () => {
  const all = weights().reduce((s, p) => s + valueOf(p.name).n, 0);
  return 100 % all === 0 ? 100 : all >= 100 ? all : all * Math.ceil(100 / all);
};
function weightControl(par, id) {
  const move = (n) => {
    const all = wholeOf(), sumNow = weights().reduce((s, p) => s + valueOf(p.name).n, 0);
    if (all !== sumNow) for (const p of weights()) state.edits.set(p.name, {n: (valueOf(p.name).n * all) / sumNow, d: 1});
    weigh(par.name, n, all);
  };
  const slider = h("input", {id, type: "range", min: 0, step: 1, "aria-describedby": id + "-help", input: () => move(Number(slider.value))});
  const field = h("input", {type: "text", inputmode: "decimal", "aria-label": tr(par.label) + " %", change: () => {
    const v = parseRatio(field.value, true), all = wholeOf();
    if (!v || v.n > v.d || (v.n * all) % v.d) return field.setAttribute("aria-invalid", "true");
    move((v.n * all) / v.d);
  }});
  return {nodes: [slider, field, h("span", {class: "unit"}, "%")], refresh() {
    const all = wholeOf(), sumNow = weights().reduce((s, p) => s + valueOf(p.name).n, 0), n = (valueOf(par.name).n * all) / sumNow;
    slider.max = all;
    slider.value = n;
    slider.setAttribute("aria-valuetext", shareText(par.name));
    field.removeAttribute("aria-invalid");
    field.value = shareText(par.name).replace(" %", "");
  }};
}
const MAKERS = {choice, fraction: ratioControl, times: ratioControl, money: moneyControl, day: dayControl, weight: weightControl};

// control builds the row of one parameter.
function control(par, n) {
  const id = "p" + n, made = MAKERS[par.kind](par, id);
  const help = h("span", {class: "help", id: id + "-help"}), mark = h("span", {class: "mark"});
  const undo = h("button", {type: "button", class: "undo", click: () => { undoOne(par); made.nodes[0].focus(); }}, say("reset"));
  undo.setAttribute("aria-label", say("reset") + ": " + tr(par.label));
  const row = h("div", {class: "control"}, h("label", {for: id}, tr(par.label)), h("div", {class: "fields"}, made.nodes, mark, undo), help);
  controls.push({par, refresh() {
    const v = valueOf(par.name), edited = state.edits.has(par.name), plays = matters(par);
    made.refresh(v);
    row.classList.toggle("edited", edited);
    row.classList.toggle("idle", !plays);
    undo.hidden = !edited;
    const was = settledOf(par.name);
    mark.textContent = edited ? "● " + say("changed") + (par.kind === "weight" ? "" : inside(say("was") + ": " + shownValue(par, was))) : "";
    let text = "";
    if (!plays) {
      const lead = PARAMETERS.get(par.of.parameter);
      text = say("irrelevant") + inside(tr(lead.label));
    } else if (!edited && was) text = "[" + tr(ORIGINS[was.from] || was.from) + "] " + (was.why >= 0 ? tr(DOC.texts[was.why]) : "") + (was.source ? inside(was.source) : "");
    else if (par.kind === "weight") text = say("sumOf");
    help.replaceChildren(text, ...(par.refs && par.refs.length ? [h("details", {}, h("summary", {}, lang === "ja" ? "根拠" : "grounds"), par.refs.map((r) => h("span", {class: "ref"}, tr(r))))] : []));
  }});
  return row;
}

function undoOne(par) {
  if (par.kind === "weight") for (const p of weights()) state.edits.delete(p.name);
  else state.edits.delete(par.name);
  update();
}

function panel() {
  controls.length = 0;
  const pick = h("select", {id: "set", change: () => { state.set = pick.value; state.edits = new Map(); update(); }}, DOC.sets.map((s) => h("option", {value: s.id}, tr(s.title))));
  pick.value = state.set;
  const undo = h("button", {type: "button", id: "undo", click: () => { state.edits = new Map(); update(); }}, say("resetAll"));
  const groups = GROUPS.map(([key, title], g) => {
    const pars = DOC.parameters.filter((p) => p.group === key && p.moves && !(p.kind === "weight" && weights().length < 2));
    if (!pars.length) return null;
    return h("details", {class: "group", open: window.innerWidth > 960 ? key !== "further" : key === "fault"}, h("summary", {}, h("h3", {}, tr(title))), h("fieldset", {}, h("legend", {class: "away"}, tr(title)), pars.map((p) => control(p, DOC.parameters.indexOf(p)))));
  });
  return h("form", {class: "panel", "aria-label": say("findings"), submit: (e) => e.preventDefault()}, h("h2", {}, say("findings")),
    h("div", {class: "control"}, h("label", {for: "set"}, say("pick")), h("div", {class: "fields pick"}, pick, undo)), groups);
}

function table(caption, head, rows, opts = {}) {
  return h("div", {class: "scroll"}, h("table", {class: opts.class}, h("caption", {class: opts.said ? null : "away"}, caption), h("thead", {}, h("tr", {}, head.map((t, i) => h("th", {scope: "col", class: opts.numbers && opts.numbers.includes(i) ? "n" : null}, t)))),
    h("tbody", {}, rows.map((r) => h("tr", {class: r.class}, (r.cells || r).map((c, i) => h(i === 0 ? "th" : "td", i === 0 ? {scope: "row"} : {class: opts.numbers && opts.numbers.includes(i) ? "n" : null}, c)))))));
}

// bars draws a bar for each value; the figures stand in words beside it.
function bars(items, label, format) {
  const small = window.innerWidth < 560, width = small ? 340 : 600, line = 26, wide = small ? 110 : 220, margin = small ? 105 : 130, most = (lang === "ja" ? 19 : 34) / (small ? 2 : 1), far = Math.max(1, ...items.map((x) => Math.max(Math.abs(x.from), Math.abs(x.to)))), low = Math.min(0, ...items.map((x) => Math.min(x.from, x.to)));
  const at2 = (v) => wide + ((v - low) / (far - low || 1)) * (width - wide - margin);
  return h("svg", {viewBox: `0 0 ${width} ${items.length * line + 4}`, role: "img", "aria-label": label, class: "chart"}, items.map((x, i) => {
    const a = at2(Math.min(x.from, x.to)), b = at2(Math.max(x.from, x.to)), text = x.label.length > most ? x.label.slice(0, most - 1) + "…" : x.label;
    return h("g", {}, h("text", {x: 0, y: i * line + 18, class: "label"}, text), h("rect", {x: a, y: i * line + 5, width: Math.max(1.5, b - a), height: line - 9, class: x.class}), h("text", {x: b + 6, y: i * line + 18, class: "figure"}, format(x)));
  }));
}

function ruleLabel(c) { return tr(c.rule) + (c.refs && c.refs.length ? inside(tr(c.refs[0]).split(": ")[0]) : ""); }

function waterfall(c) {
  const def = DOC.programs[c.k], cur = def.currency, rows = [], items = [];
  let after = 0;
  def.cols.forEach((col, i) => {
    if (col.role !== ROLE.posting) return;
    const v = c.sums.get(i), from = after;
    after = add(after, v);
    rows.push({cells: [ruleLabel(col), signed(v, cur), money(after, cur), count(c.counts.get(i))], class: v === 0 ? "quiet" : null});
    if (v !== 0) items.push({label: ruleLabel(col), from, to: after, delta: v, class: v > 0 ? "plus" : "minus"});
  });
  items.push({label: say("total"), from: 0, to: after, delta: after, class: "whole"});
  return [h("h3", {}, say("waterfall") + (DOC.programs.filter((p) => p.kind === "contract").length > 1 ? ": " + tr(def.title) : "")), c.open ? h("p", {class: "note"}, say("firstReading")) : null,
    bars(items, say("chartWaterfall"), (x) => x.class === "whole" ? money(x.delta, cur) : signed(x.delta, cur)),
    table(say("waterfall"), [say("rule"), say("amount"), say("after"), say("count")], rows, {numbers: [1, 2, 3]})];
}

// spread counts the amounts in classes of powers of ten.
function spread(c) {
  const def = DOC.programs[c.k], unit = 10 ** def.currency.digits, classes = new Map();
  for (let i = 0; i < def.rows.n; i++) {
    const v = c.payables[0][i];
    const k = v <= 0 ? (v < 0 ? -1 : 0) : String(Math.ceil(v / unit)).length - (Math.ceil(v / unit) === 10 ** (String(Math.ceil(v / unit)).length - 1) ? 1 : 0) || 1;
    classes.set(k, (classes.get(k) || 0) + 1);
  }
  const items = [...classes.keys()].sort((a, b) => a - b).map((k) => ({label: k < 0 ? say("back") : k === 0 ? money(0, def.currency) : money(10 ** k * unit, def.currency) + (lang === "ja" ? say("upTo") : ""), from: 0, to: classes.get(k), class: "whole"}));
  if (lang === "en") items.forEach((x) => { if (x.label !== say("back") && x.label !== money(0, def.currency)) x.label = "up to " + x.label; });
  return [h("h3", {}, say("spread")), bars(items, say("chartSpread") + " " + items.map((x) => x.label + ": " + x.to).join("; "), (x) => count(x.to))];
}

function who(m) {
  const cur = m.currency, rows = DOC.parties.map((p, i) => {
    const all = m.parties.map((r) => r.left[i]), low = Math.min(...all), high = Math.max(...all), v = m.parties[0].left[i];
    return [outer(tr(p.title)), money(v, cur), low === high ? "—" : money(low, cur) + say("to") + money(high, cur), m.total ? (Math.round((v / m.total) * 1000) / 10).toFixed(1) + " %" : "—"];
  });
  const first = m.parties[0], lines = [];
  for (const b of first.bears) for (const o of b.owes) lines.push(h("li", {}, tr(o.label) + ": " + money(o.amount, cur)));
  for (const r of first.recovered) {
    const def = DOC.programs[r.k], name = (id) => tr((DOC.parties.find((p) => p.id === id) || {title: id}).title);
    lines.push(h("li", {}, say("recourse") + ": " + name(r.from) + " → " + name(r.to) + inside(tr(def.title)) + " " + money(r.amount, cur)));
  }
  return h("section", {}, h("h2", {}, say("bears")), table(say("bears"), [say("party"), say("bearsAmount"), say("range"), say("share")], rows, {numbers: [1, 2, 3]}), lines.length ? h("ul", {}, lines) : null);
}

const nameOf = (def, i) => [def.rows.ids[i], def.rows.subs && def.rows.subs[i] ? " / " + def.rows.subs[i] : "", def.rows.names && def.rows.names[i] ? " " + def.rows.names[i] : ""].join("");
function amountText(c, i) {
  const cur = DOC.programs[c.k].currency;
  if (c.outcome[i] === 2) return say("void");
  if (c.outcome[i] === 1) return money(c.low[i], cur) + say("to") + money(c.high[i], cur) + inside(say("judgement"));
  return money(c.low[i], cur);
}

function largest(res) {
  const all = [];
  for (const c of res.contracts) for (let i = 0; i < c.high.length; i++) if (c.high[i] > 0) all.push([c, i]);
  all.sort((x, y) => y[0].high[y[1]] - x[0].high[x[1]] || x[1] - y[1]);
  return [h("h3", {}, say("largest")), table(say("largest"), [say("customer"), say("result"), ""], all.slice(0, 10).map(([c, i]) => [outer(nameOf(DOC.programs[c.k], i)), amountText(c, i),
    h("button", {type: "button", "aria-label": say("open2") + " " + DOC.programs[c.k].rows.ids[i], click: () => { chosen = {k: c.k, i}; drawOne(); document.getElementById("one").scrollIntoView(); document.getElementById("one-title").focus(); }}, say("open2"))]), {numbers: [1]})];
}

function totalText(m) { return money(m.total, m.currency) + (m.least !== m.most ? inside(say("range") + " " + money(m.least, m.currency) + say("to") + money(m.most, m.currency)) : ""); }

function summary(res) {
  return res.currencies.map((m, k) => {
    const base = baseTotals[k], d = m.total - base.total, n = (key) => m.contracts.reduce((s, c) => s + c[key], 0);
    return h("div", {class: "total"}, h("p", {class: "big"}, h("span", {class: "what"}, say("total")), h("strong", {}, m.least === m.most ? money(m.total, m.currency) : money(m.least, m.currency) + say("to") + money(m.most, m.currency))),
      h("p", {class: "diff"}, say("diff") + inside(tr(setOf(DOC.base).title)) + ": " + (d ? signed(d, m.currency) : say("same"))),
      h("ul", {class: "counts"}, ["paid", "nothing", "back", "open", "void"].map((key) => n(key) || key === "paid" || key === "nothing" || key === "open" ? h("li", {}, h("b", {}, count(n(key))), " " + say(key === "open" ? "judgement" : key)) : null)));
  });
}

function compareSets(res) {
  const rows = setTotals.map((s) => ({class: s.id === state.set && !state.edits.size ? "shown" : null, cells: [tr(setOf(s.id).title) + (s.id === DOC.base ? inside(say("base")) : "") + (s.id === state.set && !state.edits.size ? " ◀ " + say("shown") : ""),
    s.error || s.list.map((m) => m.least === m.most ? money(m.total, m.currency) : money(m.least, m.currency) + say("to") + money(m.most, m.currency)).join(" / "), s.error ? "" : s.list.map((m) => count(m.open)).join(" / ")]}));
  if (state.edits.size) rows.unshift({class: "shown", cells: [say("now") + " ◀ " + say("shown"), res.currencies.map((m) => m.least === m.most ? money(m.total, m.currency) : money(m.least, m.currency) + say("to") + money(m.most, m.currency)).join(" / "), res.currencies.map((m) => count(m.contracts.reduce((s, c) => s + c.open, 0))).join(" / ")]});
  return h("section", {}, h("h2", {}, say("sets")), table(say("sets"), [say("scenario"), say("total"), say("judgement")], rows, {numbers: [1, 2]}));
}

function drawResults() {
  const res = shownResults, box = document.getElementById("results");
  box.replaceChildren(h("h2", {}, say("results")),
    ...(res.contracts.length > 1 ? [table(say("byContract"), [say("contract"), say("total"), say("range"), say("count")], res.contracts.map((c) => {
      const def = DOC.programs[c.k];
      return [tr(def.title), money(c.total, def.currency), c.least === c.most ? "—" : money(c.least, def.currency) + say("to") + money(c.most, def.currency), count(def.rows.n)];
    }), {numbers: [1, 2, 3]})] : []),
    ...res.contracts.flatMap(waterfall).filter(Boolean), ...res.currencies.map(who), compareSets(res), ...res.contracts.flatMap(spread), ...largest(res));
}

function unitText(col, v, cur) {
  switch (col.unit) {
    case 0: return money(v, cur);
    case 1: return duration(v);
    case 2: return v ? say("yes") : say("no");
    case 6: return v ? dayText(v) : say("none");
  }
  return count(v);
}
function duration(ms) {
  const s = Math.floor(ms / 1000), hours = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60);
  return lang === "ja" ? `${hours}時間${m}分${s % 60 ? (s % 60) + "秒" : ""}` : `${hours} h ${m} min${s % 60 ? " " + (s % 60) + " s" : ""}`;
}

// drawOne shows one customer.
function drawOne() {
  const box = document.getElementById("one-body");
  if (!chosen || !shownResults) return box.replaceChildren();
  const {i} = chosen, k = instead(chosen.k), def = DOC.programs[k], v = PROGRAMS[k].vectors, c = shownResults.contracts.find((x) => x.k === k), cur = def.currency;
  let after = 0;
  const told = tell(k, i), how = new How(k, i), steps = [];
  def.cols.forEach((col, at2) => {
    if (col.role !== ROLE.posting) return;
    const d = v[at2][i], t = told.get(at2) || {effect: d ? "applied" : "not-reached", why: []};
    after = add(after, d);
    steps.push({class: d === 0 ? "quiet" : null, cells: [h("span", {}, ruleLabel(col), t.why.map((w) => h("span", {class: "why"}, "· " + w)), d === 0 ? null : how.behind(at2).map((x) => h("span", {class: "why how"}, how.column(x)))), signed(d, cur), money(after, cur), h("span", {class: "effect"}, tr(EFFECTS[t.effect]))]});
  });
  box.replaceChildren(h("h3", {id: "one-title", tabindex: "-1"}, outer(nameOf(def, i))), h("p", {}, tr(def.title) + "　" + say("result") + ": ", h("strong", {}, amountText(c, i))),
    ...(c.outcome[i] === 1 ? [table(say("readings"), [say("value"), say("amount")], c.payables.map((p, r) => [c.taken[r].map((t) => tr(PARAMETERS.get(t.name).label) + ": " + tr(PARAMETERS.get(t.name).options[t.option].label)).join("; "), money(p[i], cur)]), {numbers: [1], said: true})] : []),
    table(say("working"), [say("rule"), say("amount"), say("after"), say("did")], steps, {numbers: [1, 2], said: true}),
    table(say("recorded"), [say("recorded"), say("value")], def.cols.flatMap((col, at2) => col.role === ROLE.input ? [[tr(col.label), unitText(col, v[at2][i], cur)]] : []), {numbers: [1], said: true}));
}

// search lists customers whose id or name holds what was typed.
function search(text) {
  const q = text.normalize("NFKC").toLowerCase().trim(), list = document.getElementById("found"), hits = [];
  if (q) DOC.programs.forEach((def, k) => {
    if (def.kind === "contract" && counts(def)) for (let i = 0; i < def.rows.n && hits.length < 12; i++) if (nameOf(def, i).normalize("NFKC").toLowerCase().includes(q)) hits.push({k, i});
  });
  list.replaceChildren(...hits.map((x) => h("li", {}, h("button", {type: "button", click: () => { chosen = x; drawOne(); document.getElementById("one-title").focus(); }}, outer(nameOf(DOC.programs[x.k], x.i))))));
}

function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], {type})), a = h("a", {href: url, download: name});
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// update works everything out again and shows it.
function update() {
  controls.forEach((c) => c.refresh());
  const undo = document.getElementById("undo"), error = document.getElementById("error"), bar = document.getElementById("totals"), n = state.edits.size;
  undo.disabled = !n;
  document.getElementById("set").value = state.set;
  try {
    shownResults = results();
  } catch (e) {
    shownResults = null;
    error.textContent = say("failed") + ": " + failure(e);
    error.hidden = false;
    bar.replaceChildren();
    document.getElementById("results").replaceChildren();
    drawOne();
    return;
  }
  error.hidden = true;
  bar.replaceChildren(...summary(shownResults));
  drawResults();
  drawOne();
  document.getElementById("made").replaceChildren(h("h2", {}, say("made")), h("p", {}, say("scenario") + ": " + tr(setOf(state.set).title)), n ? h("ul", {}, [...state.edits].map(([name, v]) => h("li", {}, tr(PARAMETERS.get(name).label) + ": " + shownValue(PARAMETERS.get(name), v)))) : h("p", {}, say("unchanged")));
  document.getElementById("hash").textContent = (setOf(state.set).hashes || []).join(" ") + (n ? inside("+ " + n + " " + say("changes")) : "");
  clearTimeout(announcing);
  announcing = setTimeout(() => { document.getElementById("live").textContent = say("total") + ": " + shownResults.currencies.map(totalText).join(", "); }, 400);
}

function failure(e) {
  if (e instanceof TooMany) return say("tooMany") + e.message;
  if (e instanceof Failure) return say(e.why) + inside(say("customer") + " " + e.program.def.rows.ids[e.row] + ", " + say("column") + " " + tr(e.program.def.cols[e.column].label) + " " + e.program.def.cols[e.column].name);
  if (e instanceof Beyond) return say(e.message);
  return String(e);
}

function draw() {
  document.documentElement.lang = lang;
  document.title = tr(DOC.title);
  const field = h("input", {id: "search", type: "search", autocomplete: "off", input: () => search(field.value)});
  const toggle = h("button", {type: "button", id: "language", lang: lang === "ja" ? "en" : "ja", click: () => { lang = lang === "ja" ? "en" : "ja"; draw(); document.getElementById("language").focus(); }}, say("language"));
  document.getElementById("page").replaceChildren(
    h("a", {class: "skip", href: "#results"}, say("skip")),
    h("header", {}, h("div", {class: "heading"}, h("h1", {}, tr(DOC.title)), toggle), h("p", {}, say("what")), h("p", {class: "note"}, say("advice") + (DOC.asOf ? " " + say("asOf") + ": " + DOC.asOf : "") + (DOC.anonymous ? inside(say("anonymous")) : ""))),
    h("section", {class: "bar", "aria-label": say("total")}, h("div", {id: "totals"}), h("p", {id: "error", role: "alert", hidden: true})),
    h("div", {id: "live", class: "away", role: "status", "aria-live": "polite"}),
    h("div", {class: "columns"}, h("div", {class: "left"}, panel(), h("section", {id: "made", class: "made"})),
      h("main", {}, h("section", {id: "results", tabindex: "-1"}),
        h("section", {id: "one"}, h("h2", {}, say("one")), h("label", {for: "search"}, say("search")), field, h("ul", {id: "found", class: "found"}), h("div", {id: "one-body"})),
        h("section", {class: "save"}, h("h2", {}, say("save")), h("button", {type: "button", id: "yaml", click: () => save("scenarios.yaml", "application/yaml", scenarios())}, say("saveYAML")), " ",
          h("button", {type: "button", id: "csv", click: () => shownResults && save("customers.csv", "text/csv;charset=utf-8", customersCSV(shownResults))}, say("saveCSV"))))),
    h("footer", {}, h("h2", {}, say("rests")), h("p", {}, say("hash") + ": ", h("code", {id: "hash"})), table(say("rests"), [say("file"), "SHA-256"], DOC.files.map((f) => [f.name, h("code", {}, f.sha256)]))));
  update();
}

// The totals of every scenario are worked out once.
function start() {
  setTotals = DOC.sets.map((s) => under(s.id, () => {
    try {
      return {id: s.id, list: results().currencies.map((m) => ({currency: m.currency, total: m.total, least: m.least, most: m.most, open: m.contracts.reduce((n, c) => n + c.open, 0)}))};
    } catch (e) {
      return {id: s.id, error: failure(e)};
    }
  }));
  const base = setTotals.find((s) => s.id === DOC.base);
  baseTotals = base.list || DOC.programs.map(() => ({total: 0}));
  draw();
}
start();
