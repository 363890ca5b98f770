// A stream of activities as a sales organisation sends it, the same for everyone who is measured.
import { createHash } from 'node:crypto';

/** Shares of a batch: the rest is new. */
const REVISED = 0.05;
const REPEATED = 0.05;

/** A later batch may touch an activity again only when no batch in between can still be in flight. */
const REST_BATCHES = 8;

const CHANNELS = ['web', 'phone', 'field', 'partner'];
const REGIONS = ['north', 'south', 'east', 'west'];
const PRODUCTS = Array.from({ length: 60 }, (_, index) => `PRD-${1000 + index * 7}`);
const CAMPAIGNS = ['spring', 'renewal', 'fair'];
const SEGMENTS = ['small', 'medium', 'large'];
const SERIES = ['GTX', 'MG', 'GTK'];

/** The window runs for a month and began 24 days ago. */
const WINDOW_BEGAN_DAYS = 24;
const WINDOW_DAYS = 31;

/** Chance that an activity is one day older than another; the mean age is about three days. */
const ONE_DAY_OLDER = 0.75;

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const DAY_MS = 86_400_000;
const dayAt = (time) => new Date(time).toISOString().slice(0, 10);

/** The running window, `to` exclusive, as a challenge declares it. */
export function runningWindow(now = Date.now()) {
  const from = now - WINDOW_BEGAN_DAYS * DAY_MS;
  return { from: dayAt(from), to: dayAt(from + WINDOW_DAYS * DAY_MS) };
}

/**
 * Makes batches. Each activity is an `input`, as the API takes it, and a `row`, as a table keeps it:
 * the row is ready to store, its hash and revision included, so that a rival has none of that to do.
 * @param members `{ id, email }` of whoever sells
 */
export class Stream {
  constructor({ members, seed = 1, source = 'crm', now = Date.now() }) {
    this.members = members;
    this.source = source;
    this.random = randomFrom(seed);
    this.now = now;
    this.sent = [];
    this.batches = 0;
  }

  pick = (list) => list[Math.floor(this.random() * list.length)];

  /** New, revised and repeated activities, shuffled; no identity twice. */
  batch(size) {
    const number = this.batches++;
    const again = this.old(number, Math.round(size * REVISED) + Math.round(size * REPEATED));
    const revised = again.slice(0, Math.round((again.length * REVISED) / (REVISED + REPEATED)));
    for (const known of revised) this.revise(known);
    const fresh = Array.from({ length: size - again.length }, () => this.create(number));
    const activities = [
      ...fresh.map((known) => ({ ...known, outcome: 'recorded' })),
      ...again.map((known, at) => {
        return { ...known, outcome: at < revised.length ? 'revised' : 'unchanged' };
      }),
    ].map(({ input, row, outcome }) => ({ input, row, outcome }));
    for (let at = activities.length - 1; at > 0; at--) {
      const other = Math.floor(this.random() * (at + 1));
      [activities[at], activities[other]] = [activities[other], activities[at]];
    }
    return activities;
  }

  /** Activities of earlier batches that have rested; as many as there are, when there are few. */
  old(number, wanted) {
    const found = new Set();
    for (let attempt = 0; found.size < wanted && attempt < wanted * 4; attempt++) {
      const known = this.pick(this.sent);
      if (known && known.touched <= number - REST_BATCHES) found.add(known);
    }
    for (const known of found) known.touched = number;
    return [...found];
  }

  create(number) {
    const member = this.pick(this.members);
    const index = this.sent.length;
    const known = { touched: number, member, revision: 1, index };
    this.sent.push(known);
    Object.assign(known, this.content(known));
    return known;
  }

  revise(known) {
    known.revision += 1;
    // Now and then a sale turns out to be somebody else's.
    if (this.random() < 0.1) known.member = this.pick(this.members);
    const cents = Math.round(this.random() * 900_000) + 10_000;
    Object.assign(known, contentWith(known, cents));
  }

  content(known) {
    const cents = Math.round(this.random() ** 2 * 900_000) + 10_000;
    return contentWith({ ...known, ...this.surroundings(known.index) }, cents);
  }

  surroundings(index) {
    let age = 0;
    while (age < WINDOW_BEGAN_DAYS && this.random() < ONE_DAY_OLDER) age += 1;
    const day = Date.parse(dayAt(this.now - age * DAY_MS));
    // Between 07:00 and 18:00 UTC: the same local day in Paris, winter and summer.
    const occurred = new Date(day + 7 * 3_600_000 + Math.floor(this.random() * 39_600) * 1000);
    const opened = new Date(occurred.getTime() - Math.floor(this.random() * 60) * DAY_MS);
    const attributes = { series: this.pick(SERIES) };
    if (this.random() < 0.5) attributes.term = 12 * (1 + Math.floor(this.random() * 3));
    const facts = {
      source: this.source,
      externalId: `${(index + 0x1a2b3c).toString(36).toUpperCase()}#closed`,
      item: `D-${(index + 0x1a2b3c).toString(36).toUpperCase()}`,
      type: this.random() < 0.95 ? 'deal.won' : 'sale.refunded',
      occurredAt: occurred.toISOString(),
      openedAt: opened.toISOString(),
      currency: 'EUR',
      product: this.pick(PRODUCTS),
      customer: `CUST-${100_000 + Math.floor(this.random() * 20_000)}`,
      channel: this.pick(CHANNELS),
      campaign: this.pick(CAMPAIGNS),
      site: `site-${1 + Math.floor(this.random() * 12)}`,
      region: this.pick(REGIONS),
      segment: this.pick(SEGMENTS),
      attributes,
    };
    return { facts, units: 1 + Math.floor(this.random() * 5) };
  }
}

function contentWith({ facts, units, member, revision }, cents) {
  const { externalId, occurredAt, openedAt } = facts;
  const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const input = { ...facts, member: { email: member.email }, amount, quantity: units };
  const row = {
    source: facts.source,
    external_id: externalId,
    revision,
    content_hash: createHash('md5').update(`${externalId} ${revision}`).digest('hex'),
    item: facts.item,
    type: facts.type,
    member_id: member.id,
    occurred_on: occurredAt.slice(0, 10),
    occurred_at: occurredAt,
    opened_on: openedAt.slice(0, 10),
    opened_at: openedAt,
    amount: cents * 100,
    currency: facts.currency,
    quantity: units * 10_000,
    product: facts.product,
    customer: facts.customer,
    channel: facts.channel,
    campaign: facts.campaign,
    site: facts.site,
    region: facts.region,
    segment: facts.segment,
    attributes: facts.attributes,
  };
  return { facts, units, input, row };
}
