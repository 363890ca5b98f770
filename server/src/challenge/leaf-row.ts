import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { LeafView } from '@palmares/shared/challenge/leaf-view';
import type { MemberStretch } from '@palmares/shared/people/membership';
import { holds } from '@palmares/shared/people/stretch';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Leaf } from '../activity/leaf.service.js';

const decimal = (scaled: number | null) => (scaled === null ? null : formatScaled(scaled));

/** A leaf as the API answers it. */
export function leafView(leaf: Leaf, members: readonly MemberStretch[]): LeafView {
  const { activity, revision, seq, recordedAt, withheld, verdict, given } = leaf;
  const { source, externalId, type, occurredOn, occurredAt, item, customer } = activity;
  const ids = new Set(
    members.flatMap((stretch) => (holds(stretch, occurredOn) ? [stretch.memberId] : [])),
  );
  const weight = activity.shares.reduce(
    (sum, share) => (ids.has(share.memberId) ? sum + share.weight : sum),
    0,
  );
  return {
    node: 'activity',
    id: activityIdOf(activity),
    source,
    externalId,
    revision,
    seq,
    recordedAt: recordedAt.toISOString(),
    type,
    occurredOn,
    occurredAt,
    item,
    customer,
    amount: decimal(activity.amount),
    quantity: decimal(activity.quantity),
    weight: formatScaled(weight),
    lines: activity.lines.map(({ product, quantity, amount }) => {
      return { product, quantity: decimal(quantity), amount: decimal(amount) };
    }),
    verdict,
    withheld,
    count: formatScaled(given.count),
    sum: formatScaled(given.sum),
  };
}
