"use strict";
// Whole numbers, exact up to 2^53 − 1. What would go beyond is an error, never a wrong number.

const MAX = Number.MAX_SAFE_INTEGER;
const at = {row: 0}; // the row being worked out, for errors

class Beyond extends Error {}

function whole(x) {
  if (x > MAX || x < -MAX || x !== x) throw new Beyond("beyond");
  return x + 0; // no negative zero
}
function add(a, b) {
  const s = a + b;
  if (s > MAX || s < -MAX) throw new Beyond("beyond");
  return s;
}
function sub(a, b) {
  const s = a - b;
  if (s > MAX || s < -MAX) throw new Beyond("beyond");
  return s;
}
function mul(a, b) { return whole(a * b); }

// part is a·b÷c, mirrored about zero; up says whether a remainder r of c over the quotient q counts as one more.
function part(a, b, c, up) {
  if (c === 0) throw new Beyond("divide");
  const product = a * b;
  if (product > MAX || product < -MAX) return long(a, b, c, up);
  const x = Math.abs(product), d = Math.abs(c);
  let q = Math.floor(x / d);
  const r = x - q * d;
  if (r !== 0 && up(q, r, d)) q += 1;
  return (product < 0) !== (c < 0) ? 0 - q : q;
}
// long is part with products of any size.
function long(a, b, c, up) {
  let x = BigInt(a) * BigInt(b), d = BigInt(c);
  const negative = (x < 0n) !== (d < 0n);
  if (x < 0n) x = -x;
  if (d < 0n) d = -d;
  let q = x / d;
  const r = x % d;
  if (r !== 0n && up(q, r, d)) q += 1n;
  if (q > BigInt(MAX)) throw new Beyond("beyond");
  return negative ? 0 - Number(q) : Number(q);
}
const never = () => false, always = () => true;
const halfUp = (q, r, d) => r >= d - r;
const halfDown = (q, r, d) => r > d - r;
const halfEven = (q, r, d) => r > d - r || (r === d - r && (typeof q === "bigint" ? q % 2n === 1n : q % 2 === 1));
function partDown(a, b, c) { return part(a, b, c, never); }
function partUp(a, b, c) { return part(a, b, c, always); }
function partHalfUp(a, b, c) { return part(a, b, c, halfUp); }
function partHalfDown(a, b, c) { return part(a, b, c, halfDown); }
function partHalfEven(a, b, c) { return part(a, b, c, halfEven); }

// tier is the value of the highest rung that x reaches.
function tier(x, from, value, below) {
  let v = below;
  for (let k = 0; k < from.length && x >= from[k]; k++) v = value[k];
  return whole(v);
}
function pick(index, values) {
  if (index < 0 || index >= values.length) throw new Beyond("index");
  return whole(values[index]);
}

// Failure says in which row and column a computation failed.
class Failure extends Error {
  constructor(program, row, column, why) {
    super(why);
    Object.assign(this, {program, row, column, why});
  }
}

// Program runs the printed columns of one contract over its rows.
class Program {
  // def: {cols, pools: [{of, scope}], rows: {n, ids, inputs}}; code: the printed columns, in order.
  constructor(def, code) {
    this.def = def;
    this.n = def.rows.n;
    this.width = def.cols.length + 2 * def.pools.length;
    this.vectors = [];
    for (let i = 0; i < this.width; i++) this.vectors.push(new Float64Array(this.n));
    for (const [i, values] of Object.entries(def.rows.inputs)) this.vectors[i].set(values);
    this.steps = [];
    const pools = (of) => def.pools.forEach((p, k) => {
      if (p.of === of) this.steps.push(this.pool(p, def.cols.length + 2 * k));
    });
    const printed = new Map(code.map((s) => [s.to, s]));
    def.cols.forEach((c, i) => {
      if (printed.has(i)) this.steps.push(printed.get(i));
      pools(i);
    });
    this.last = null; // the parameters that the vectors were worked out with
  }

  // pool is a step that sums a column over the rows that share it. Rows come in order of customer id and subscription.
  pool(p, to) {
    const ids = this.def.rows.ids, apart = p.scope === "customer";
    return {to, also: to + 1, uses: [p.of], reads: [], pool: true, run(c, _, o, i, n) {
      const x = c[p.of], running = c[to + 1];
      for (let from = 0; from < n; ) {
        let until = apart ? from + 1 : n;
        while (until < n && ids[until] === ids[from]) until++;
        let s = 0;
        for (let k = from; k < until; k++) { at.row = k; running[k] = s = add(s, x[k]); }
        o.fill(s, from, until);
        from = until;
      }
    }};
  }

  // run works out what the changed parameters move, into vectors; touched marks what was worked out.
  run(p, vectors, changed) {
    const touched = new Uint8Array(this.width);
    for (const s of this.steps) {
      if (changed && !s.reads.some((r) => changed[r]) && !s.uses.some((u) => touched[u])) continue;
      this.step(s, p, vectors);
      touched[s.to] = 1;
      if (s.pool) touched[s.also] = 1;
    }
    return touched;
  }

  step(s, p, vectors) {
    at.row = 0;
    try {
      s.run(vectors, p, vectors[s.to], 0, this.n);
    } catch (e) {
      if (!(e instanceof Beyond)) throw e;
      throw new Failure(this, at.row, s.pool ? s.uses[0] : s.to, e.message);
    }
  }

  // update works out the first reading.
  update(p) {
    let changed = null;
    if (this.last) {
      changed = new Uint8Array(p.length / 2);
      let any = false;
      for (let i = 0; i < p.length; i++) if (p[i] !== this.last[i]) { changed[i >> 1] = 1; any = true; }
      if (!any) return;
    }
    this.last = null; // nothing holds until all is worked out
    this.run(p, this.vectors, changed);
    this.last = p.slice();
  }

  // reading works out another reading, in vectors of its own where it differs, and returns them.
  reading(p) {
    const changed = new Uint8Array(p.length / 2);
    for (let i = 0; i < p.length; i++) if (p[i] !== this.last[i]) changed[i >> 1] = 1;
    const own = this.vectors.slice(), touched = new Uint8Array(this.width);
    this.spare ||= [];
    for (const s of this.steps) {
      if (!s.reads.some((r) => changed[r]) && !s.uses.some((u) => touched[u])) continue;
      for (const t of s.pool ? [s.to, s.also] : [s.to]) {
        own[t] = this.spare[t] ||= new Float64Array(this.n);
        touched[t] = 1;
      }
      this.step(s, p, own);
    }
    return own;
  }
}

function sum(x) {
  let s = 0;
  for (let i = 0; i < x.length; i++) s = add(s, x[i]);
  return s;
}
