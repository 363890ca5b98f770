import {
  sortedAttributes,
  type Activity,
  type Line,
  type Share,
} from '@palmares/shared/activity/activity';
import { SCALE } from '@palmares/shared/quantity/scaled';
import type { CopyValue } from '../platform/copy-text.js';

/** An activity as its table keeps it. */
export interface ActivityRow {
  source: string;
  externalId: string;
  version: number | null;
  void: boolean;
  item: string | null;
  type: string;
  memberId: string | null;
  shares: [memberId: string, weight: number][] | null;
  occurredOn: string;
  /** As JSON has it where rows are read as JSON. */
  occurredAt: Date | string | null;
  openedOn: string | null;
  openedAt: Date | string | null;
  amount: number | null;
  currency: string | null;
  quantity: number | null;
  product: string | null;
  lines: [string, number | null, number | null, number | null][] | null;
  customer: string | null;
  channel: string | null;
  campaign: string | null;
  site: string | null;
  region: string | null;
  segment: string | null;
  attributes: Record<string, string | number | boolean | null> | null;
}

/** Column, and how it is had from an activity. */
export const columns = [
  ['source', (a: Activity) => a.source],
  ['external_id', (a: Activity) => a.externalId],
  ['version', (a: Activity) => a.version],
  ['void', (a: Activity) => a.void],
  ['item', (a: Activity) => a.item],
  ['type', (a: Activity) => a.type],
  ['member_id', (a: Activity) => onlyMember(a.shares)],
  ['shares', (a: Activity) => splitShares(a.shares)],
  ['occurred_on', (a: Activity) => a.occurredOn],
  ['occurred_at', (a: Activity) => a.occurredAt],
  ['opened_on', (a: Activity) => a.openedOn],
  ['opened_at', (a: Activity) => a.openedAt],
  ['amount', (a: Activity) => a.amount],
  ['currency', (a: Activity) => a.currency],
  ['quantity', (a: Activity) => a.quantity],
  ['product', (a: Activity) => onlyProduct(a)],
  ['lines', (a: Activity) => severalLines(a)],
  ['customer', (a: Activity) => a.customer],
  ['channel', (a: Activity) => a.channel],
  ['campaign', (a: Activity) => a.campaign],
  ['site', (a: Activity) => a.site],
  ['region', (a: Activity) => a.region],
  ['segment', (a: Activity) => a.segment],
  ['attributes', (a: Activity) => a.attributes && JSON.stringify(a.attributes)],
] as const satisfies readonly (readonly [string, (activity: Activity) => CopyValue])[];

const camel = (name: string) =>
  name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** The select list of an activity. */
export const selected = columns.map(([name]) => `${name} as "${camel(name)}"`).join(', ');

function onlyMember(shares: readonly Share[]): string | null {
  const [first] = shares;
  return first && shares.length === 1 ? first.memberId : null;
}

function splitShares(shares: readonly Share[]): string | null {
  if (shares.length < 2) return null;
  return JSON.stringify(shares.map(({ memberId, weight }) => [memberId, weight]));
}

/** The product when there is one line that says nothing more than the activity does. */
function onlyProduct({ lines, amount, quantity }: Activity): string | null {
  const [line] = lines;
  if (!line || lines.length !== 1 || line.cost !== null) return null;
  return line.amount === amount && line.quantity === quantity ? line.product : null;
}

function severalLines(activity: Activity): string | null {
  if (activity.lines.length === 0 || onlyProduct(activity) !== null) return null;
  return JSON.stringify(
    activity.lines.map(({ product, quantity, amount, cost }) => [product, quantity, amount, cost]),
  );
}

/** The activity that a row keeps. */
export function toActivity(row: ActivityRow): Activity {
  const { memberId, shares, product, lines, occurredAt, openedAt, ...rest } = row;
  return {
    ...rest,
    // A database keeps them in an order of its own.
    attributes: rest.attributes && sortedAttributes(rest.attributes),
    occurredAt: occurredAt && new Date(occurredAt).toISOString(),
    openedAt: openedAt && new Date(openedAt).toISOString(),
    shares: memberId
      ? [{ memberId, weight: SCALE }]
      : (shares ?? []).map(([id, weight]) => ({ memberId: id, weight })),
    lines: product
      ? [{ product, quantity: row.quantity, amount: row.amount, cost: null }]
      : (lines ?? []).map(([name, quantity, amount, cost]): Line => {
          return { product: name, quantity, amount, cost };
        }),
  };
}
