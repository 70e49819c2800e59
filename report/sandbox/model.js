// The case with the values that are set, and what follows from them.

const DOC = JSON.parse(document.getElementById("case").textContent);
const PROGRAMS = DOC.programs.map((def, i) => new Program(def, CODE[i]));
const PARAMETERS = new Map(DOC.parameters.map((p) => [p.name, p]));
const MOST_READINGS = 256;
const ROLE = {input: 0, test: 1, working: 2, posting: 3, result: 4};

// state is the scenario and what was changed by hand: by parameter {n, d}, or {n, d, open: true}.
const state = {set: DOC.base, edits: new Map()};

class TooMany extends Error {}

function setOf(id) { return DOC.sets.find((s) => s.id === id); }

// valueIn is what a parameter has in a program: as edited, else as the scenario settles it.
function valueIn(k, name) {
  const settled = setOf(state.set).values[k][name], e = state.edits.get(name);
  if (!e) return settled;
  return {n: e.n, d: e.d, from: e.open ? "open" : "edited", why: settled ? settled.why : -1};
}
// valueOf is that in the first program that has it.
function valueOf(name) {
  const k = DOC.programs.findIndex((p, i) => name in setOf(state.set).values[i]);
  return k < 0 ? null : valueIn(k, name);
}
function settledOf(name) {
  for (const v of setOf(state.set).values) if (name in v) return v[name];
  return null;
}
function readingsOf(par) { return par.readings || par.options.map((_, i) => i); }

// matters says whether a parameter plays a part under the values set.
function matters(par) {
  if (!par.of) return true;
  const lead = PARAMETERS.get(par.of.parameter), v = valueOf(par.of.parameter);
  return !lead || !v || v.from === "open" || par.of.options.includes(lead.options[v.n].name);
}

// combinations lists the values of a program's parameters under each reading of what is open, the first being the one shown.
function combinations(k) {
  const def = DOC.programs[k], base = new Float64Array(2 * def.params.length), open = [];
  def.params.forEach((name, i) => {
    const v = valueIn(k, name), par = PARAMETERS.get(name);
    base[2 * i] = v.n;
    base[2 * i + 1] = v.d;
    if (v.from === "open" && i < def.turns) open.push({par, i});
  });
  const order = DOC.parameters;
  open.sort((x, y) => order.indexOf(x.par) - order.indexOf(y.par));
  let out = [{p: base, taken: []}];
  for (const {par, i} of open) {
    const next = [];
    for (const c of out) for (const o of readingsOf(par)) {
      const p = c.p.slice();
      p[2 * i] = o;
      p[2 * i + 1] = 1;
      next.push({p, taken: [...c.taken, {name: par.name, option: o}]});
    }
    out = next;
    if (out.length > MOST_READINGS) throw new TooMany(open.map((o) => o.par.name).join(", "));
  }
  return out;
}

// every reading of a program, each handed to f with its vectors, which hold until the next.
function eachReading(k, f) {
  const program = PROGRAMS[k], list = combinations(k);
  program.update(list[0].p);
  f(program.vectors, 0, list[0].taken);
  for (let r = 1; r < list.length; r++) f(program.reading(list[r].p), r, list[r].taken);
}

// contractResult works out the customers of contract k.
function contractResult(k) {
  const def = DOC.programs[k], last = def.cols.length - 1;
  const res = {k, payables: [], taken: [], totals: [], sums: new Map(), counts: new Map(), paid: 0, back: 0, nothing: 0, open: 0, void: 0};
  eachReading(k, (v, r, taken) => {
    res.payables.push(v[last].slice());
    res.taken.push(taken);
    res.totals.push(sum(v[last]));
  });
  const v = PROGRAMS[k].vectors, force = def.cols.findIndex((c) => c.name === "in_force");
  def.cols.forEach((c, i) => {
    if (c.role === ROLE.posting || c.role === ROLE.result || c.name === "claimed" || c.name === "admitted") {
      res.sums.set(i, sum(v[i]));
      res.counts.set(i, v[i].reduce((n, x) => n + (x !== 0 ? 1 : 0), 0));
    }
  });
  res.low = new Float64Array(res.payables[0].length);
  res.high = res.low.slice();
  res.outcome = new Uint8Array(res.low.length); // 0 computed, 1 needs judgement, 2 void
  for (let i = 0; i < res.low.length; i++) {
    let low = res.payables[0][i], high = low;
    for (const p of res.payables) { low = Math.min(low, p[i]); high = Math.max(high, p[i]); }
    res.low[i] = low;
    res.high[i] = high;
    if (force >= 0 && v[force][i] === 0) { res.outcome[i] = 2; res.void++; }
    else if (low !== high) { res.outcome[i] = 1; res.open++; }
    else if (low > 0) res.paid++;
    else if (low < 0) res.back++;
    else res.nothing++;
  }
  res.total = res.totals[0];
  res.least = Math.min(...res.totals);
  res.most = Math.max(...res.totals);
  return res;
}

// bearingResult works out who bears the total of a contract: by reading of what is open between the parties, what each bears.
function bearingResult(k, of) {
  const def = DOC.programs[k], program = PROGRAMS[k], out = [];
  for (const [input, column] of Object.entries(def.sums || {})) {
    program.vectors[input][0] = sum(PROGRAMS[def.of].vectors[column]);
  }
  program.last = null;
  eachReading(k, (v, r, taken) => {
    const bears = {}, owes = [];
    def.cols.forEach((c, i) => {
      if (c.name.startsWith("bears.")) bears[c.name.slice(6)] = v[i][0];
      if (c.name.startsWith("owes.") && v[i][0] !== 0) owes.push({label: c.label, amount: v[i][0]});
    });
    out.push({bears, owes, taken});
  });
  return out;
}

// remaining is what stays with a party of what it bears, pays and recovers.
function remaining(party, bears, recovered) {
  let s = 0;
  for (const b of bears) s = add(s, b.bears[party] || 0);
  for (const r of recovered) {
    if (r.to === party) s = add(s, r.amount);
    if (r.from === party) s = sub(s, r.amount);
  }
  return s;
}

// recover works out the recourses in their order.
function recover(bears) {
  const out = [];
  DOC.programs.forEach((def, k) => {
    if (def.kind !== "recourse") return;
    const program = PROGRAMS[k], owed = Math.max(remaining(def.from, bears, out), 0);
    program.vectors[0][0] = owed;
    program.last = null;
    program.update(combinations(k)[0].p);
    out.push({k, from: def.from, to: def.to, owed, amount: program.vectors[def.cols.length - 1][0]});
  });
  return out;
}

// counts is whether a program is that of the version of the terms that is chosen.
function counts(def) { return !def.version || valueOf(def.version.parameter).n === def.version.option; }

// instead is the program that counts for the same customers.
function instead(k) {
  const v = DOC.programs[k].version;
  return v ? DOC.programs.findIndex((p) => p.version && p.version.for === v.for && counts(p)) : k;
}

// results is everything that follows from the state.
function results() {
  const contracts = [], bearings = [];
  DOC.programs.forEach((def, k) => {
    if (def.kind === "contract" && counts(def)) contracts.push(contractResult(k));
    if (def.kind === "bearing" && counts(DOC.programs[def.of])) bearings.push(bearingResult(k));
  });
  const currencies = [];
  for (const c of contracts) {
    const def = DOC.programs[c.k];
    let m = currencies.find((x) => x.currency.code === def.currency.code);
    if (!m) currencies.push(m = {currency: def.currency, total: 0, least: 0, most: 0, contracts: [], bearings: []});
    m.total = add(m.total, c.total);
    m.least = add(m.least, c.least);
    m.most = add(m.most, c.most);
    m.contracts.push(c);
    m.bearings.push(bearings[contracts.indexOf(c)]);
  }
  for (const m of currencies) {
    const first = m === currencies[0];
    m.parties = Array.from({length: m.bearings[0].length}, (_, r) => {
      const bears = m.bearings.map((b) => b[r] || b[0]), recovered = first ? recover(bears) : [];
      return {bears, recovered, taken: bears[0].taken, left: DOC.parties.map((p) => remaining(p.id, bears, recovered))};
    });
  }
  return {contracts, bearings, currencies};
}

// Under works out f as if another scenario had been picked and nothing edited.
function under(id, f) {
  const was = {set: state.set, edits: state.edits};
  state.set = id;
  state.edits = new Map();
  try {
    return f();
  } finally {
    Object.assign(state, was);
  }
}

// pinned is what was edited with what would otherwise move with it when the findings are read elsewhere: a value that follows an edited one
// stands for itself here, and a choice that an edited amount would imply.
function pinned() {
  const out = new Map(state.edits);
  for (const par of DOC.parameters) {
    const follows = par.follows && state.edits.has(par.follows);
    const leads = DOC.parameters.some((p) => p.of && p.of.implied && p.of.parameter === par.name && state.edits.has(p.name));
    if ((follows || leads) && !out.has(par.name)) {
      const v = valueOf(par.name);
      out.set(par.name, {n: v.n, d: v.d, open: v.from === "open"});
    }
  }
  return out;
}

// written is a value as findings state it.
function written(par, v) {
  if (v.open) return "open";
  switch (par.kind) {
    case "choice": return par.options[v.n].name;
    case "money": return major(v.n, par.digits);
    case "day": return dayText(v.n);
    case "weight": {
      const all = DOC.parameters.filter((p) => p.kind === "weight").reduce((s, p) => s + valueOf(p.name).n, 0);
      return ratioText(v.n, all);
    }
    case "times": if (v.d === 1) return String(v.n);
  }
  return ratioText(v.n, v.d);
}
function ratioText(n, d) {
  if ((n * 100) % d === 0) return (n * 100) / d + "%";
  return n + "/" + d;
}

// major is an amount in major units with a point.
function major(v, digits) {
  const sign = v < 0 ? "-" : "", s = String(Math.abs(v)).padStart(digits + 1, "0");
  return sign + (digits ? s.slice(0, -digits) + "." + s.slice(-digits) : s);
}
function dayText(serial) { return new Date((serial - 25569) * 86400000).toISOString().slice(0, 10); }
function serialOf(day) { return Math.round(Date.parse(day + "T00:00:00Z") / 86400000) + 25569; }

// scenarios is the settings as a file of scenarios.
function scenarios() {
  const q = JSON.stringify, lines = ["scenarios:", "  - id: edited",
    "    title: {ja: 画面で変更した設定, en: settings changed in the page}", "    source: " + q("set in the page / 画面での設定"), "    based_on: " + state.set];
  const values = pinned();
  lines.push(values.size ? "    findings:" : "    findings: {}");
  for (const par of DOC.parameters) {
    if (!values.has(par.name)) continue;
    lines.push(`      ${q(par.name)}: {is: ${q(written(par, values.get(par.name)))}, reason: {ja: 画面で設定した仮定, en: set in the page}}`);
  }
  return lines.join("\n") + "\n";
}

// customersCSV is the customers' results, safe to open in a spreadsheet.
function customersCSV(res) {
  const field = (s) => /[",\r\n\ufeff]/.test(s) ? '"' + s.replaceAll('"', '""') + '"' : s;
  const text = (s) => field(/^[=+\-@\t\r\n\0＝＋－＠]/.test(s) ? "'" + s : s);
  const names = DOC.programs.some((p) => p.rows.names);
  const out = [["id", "subscription", ...(names ? ["name"] : []), "contract", "result", "amount", "low", "high", "currency"].join(",")];
  for (const c of res.contracts) {
    const def = DOC.programs[c.k];
    for (let i = 0; i < def.rows.n; i++) {
      out.push([text(def.rows.ids[i]), text(def.rows.subs ? def.rows.subs[i] : ""), ...(names ? [text(def.rows.names ? def.rows.names[i] : "")] : []), text(def.id),
        ["computed", "needs-judgement", "void"][c.outcome[i]], c.outcome[i] === 1 ? "" : major(c.payables[0][i], def.currency.digits),
        major(c.low[i], def.currency.digits), major(c.high[i], def.currency.digits), def.currency.code].join(","));
    }
  }
  return out.join("\r\n") + "\r\n";
}

// tell says of each posting of a customer what became of its rule, and why. What may be said comes with the case; here it is decided.
function tell(k, i) {
  const out = new Map(), def = DOC.programs[k], v = PROGRAMS[k].vectors, p = combinations(k)[0].p;
  const holds = (when) => {
    try {
      return when < 0 || TALES[k][when](v, p, i);
    } catch (e) {
      if (e instanceof Beyond) return false;
      throw e;
    }
  };
  for (const s of def.tale || []) {
    let effect = "not-reached";
    if (s.silent) effect = "silent";
    else if (v[s.column][i] !== 0) effect = "applied";
    else for (const e of s.effects || []) if (holds(e.when)) { effect = e.effect; break; }
    const why = [];
    for (const x of s.sayings || []) {
      if (x.found && !["findings", "edited"].includes((valueIn(k, x.found) || {}).from)) continue;
      if (holds(x.when)) why.push(x.parts.map((t) => t.reason ? reasonOf(k, t.reason) : t.value ? optionOf(k, t.value) : tr(t.text)).join(""));
    }
    if (s.more) why.push(say("more"));
    out.set(s.column, {effect, why});
  }
  return out;
}
function reasonOf(k, name) {
  const v = valueIn(k, name);
  return !v ? "" : v.from === "edited" ? tr(ORIGINS.edited) : v.why >= 0 ? tr(DOC.texts[v.why]) : "";
}
function optionOf(k, name) {
  const par = PARAMETERS.get(name), v = valueIn(k, name);
  return par && v ? tr(par.options[v.from === "open" ? readingsOf(par)[0] : v.n].label) : "";
}
