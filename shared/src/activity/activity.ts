import type { Day } from '../time/day.js';

/** The dimensions that a measure may filter on, besides the product of a line. */
export const labels = ['customer', 'channel', 'campaign', 'site', 'region', 'segment'] as const;
export type Label = (typeof labels)[number];

/** A member's part of an activity; the weights of an activity add up to exactly 1 (scaled). */
export interface Share {
  memberId: string;
  weight: number;
}

/** One product of an order; amounts and quantities are scaled. */
export interface Line {
  product: string;
  quantity: number | null;
  amount: number | null;
  cost: number | null;
}

/** An activity as the core knows it; absent and null are the same, amounts are scaled. */
export interface Activity extends Record<Label, string | null> {
  source: string;
  externalId: string;
  /** Of the source; the higher wins. An instant counts as its milliseconds since 1970. */
  version: number | null;
  /** The source says that it did not happen. */
  void: boolean;
  item: string | null;
  type: string;
  /** In the order of the source; empty where nobody is named. */
  shares: readonly Share[];
  /** The instant, or null when the source only knows the day. */
  occurredAt: string | null;
  /** The local day in the organisation's zone, fixed when recorded. */
  occurredOn: Day;
  openedAt: string | null;
  openedOn: Day | null;
  amount: number | null;
  currency: string | null;
  quantity: number | null;
  lines: readonly Line[];
  attributes: Readonly<Record<string, string | number | boolean | null>> | null;
}

/** Attributes in the order in which content has them; null where none says anything. */
export function sortedAttributes(
  attributes: Activity['attributes'] | undefined,
): Activity['attributes'] {
  if (!attributes) return null;
  const entries = Object.entries(attributes).filter(([, value]) => value !== null);
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The content of an activity as one text: equal texts, equal content. Two sends of the same fact
 * are recognised by it. The local day of an instant is left out: it was fixed by the first send.
 */
export function contentOf(activity: Activity): string {
  return JSON.stringify([
    activity.occurredAt ?? activity.occurredOn,
    activity.openedAt ?? activity.openedOn,
    activity.version,
    activity.void,
    activity.type,
    activity.shares.map(({ memberId, weight }) => [memberId, weight]),
    activity.item,
    activity.amount,
    activity.currency,
    activity.quantity,
    activity.lines.map(({ product, quantity, amount, cost }) => [product, quantity, amount, cost]),
    activity.attributes,
    labels.map((label) => activity[label]),
  ]);
}

/** The name of an activity inside its organisation; no text that is kept contains a NUL. */
export function identityOf(activity: { source: string; externalId: string }): string {
  return `${activity.source}\0${activity.externalId}`;
}

/** By code points, as a database does that compares UTF-8; `<` compares halves of surrogates. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === length) return a.length - b.length;
  return weigh(a.charCodeAt(at)) - weigh(b.charCodeAt(at));
}

/** Half of a surrogate pair comes after every character that needs none. */
const weigh = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10_000 : unit);

/** Business order: by day, then instant (days without one first), then identity. */
export function compareOccurrence(a: Activity, b: Activity): number {
  return (
    compareText(a.occurredOn, b.occurredOn) ||
    compareText(a.occurredAt ?? '', b.occurredAt ?? '') ||
    compareText(a.source, b.source) ||
    compareText(a.externalId, b.externalId)
  );
}
