import { identityOf, type Activity } from '@palmares/shared/activity/activity';
import type { Touched } from '@palmares/shared/intake/settle';
import { inWindow } from '@palmares/shared/kpi/aggregations/aggregation';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import { passes, typesOf, type Measure } from '@palmares/shared/kpi/measure';
import type { Turn } from '../people/sequence.js';
import { TurnMemory } from '../people/turn-memory.js';
import type { Tx } from '../platform/database.js';

/** Of a measure's keys: the one activity that suffices, or null where there is none. */
type Edges = Map<string, Activity | null>;

/** Keys that a process remembers of one organisation, over all its measures. */
const REMEMBERED_MAX = 100_000;

/** Of activities in business order, the one that a measure looks at within its window. */
function edgeOf(measure: Measure, activities: readonly Activity[]): Activity | null {
  const types = typesOf(measure);
  const looksAt = (one: Activity) => types.includes(one.type) && inWindow(measure, one.occurredOn);
  if (aggregations[measure.aggregation].take === 'first') return activities.find(looksAt) ?? null;
  const counts = (one: Activity) => looksAt(one) && passes(measure.filters, one);
  return activities.findLast(counts) ?? null;
}

/** True where one activity of a key says all that the others have to say. */
const hasEdge = ({ measure, key }: Touched): boolean => {
  const { take } = aggregations[measure.aggregation];
  return key !== 'member-day' && (take === 'first' || take === 'last');
};

/**
 * Remembers, from one turn to the next, the first (or last) activity of customers and deals, so
 * that it is not read again for each sale to them.
 */
export class EdgeMemory {
  private readonly memory = new TurnMemory(() => new Map<string, Edges>());

  follow(tx: Tx, turn: Turn): void {
    this.memory.take(tx, turn);
  }

  /**
   * Splits the touched keys in those whose edge is known and those that have to be read. An edge
   * that is itself of the batch has to be read again: it may be the edge no more.
   * @param own identities of the batch
   */
  recall(tx: Tx, turn: Turn, text: string, touched: Touched, own: ReadonlySet<string>) {
    const known = new Map<string, Activity[]>();
    const edges = hasEdge(touched) ? this.memory.take(tx, turn).get(text) : undefined;
    if (!edges) return { known, unknown: touched };
    const keys = new Map<string, number>();
    for (const [key, count] of touched.keys) {
      const edge = edges.get(key);
      if (edge === undefined || (edge && own.has(identityOf(edge)))) keys.set(key, count);
      else known.set(key, edge ? [edge] : []);
    }
    return { known, unknown: { ...touched, keys } };
  }

  /** Keeps what the keys of a batch look like after it. */
  keep(tx: Tx, turn: Turn, text: string, touched: Touched, key: string, after: Activity[]): void {
    if (!hasEdge(touched)) return;
    const memory = this.memory.take(tx, turn);
    let edges = memory.get(text);
    if (!edges) memory.set(text, (edges = new Map()));
    if (edges.size >= REMEMBERED_MAX) edges.clear();
    edges.set(key, edgeOf(touched.measure, after));
  }
}
