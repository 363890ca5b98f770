import type { Tx } from '../platform/database.js';
import type { Turn } from './sequence.js';

interface Entry<Value> {
  turn: Turn;
  /** The `seq` up to which the value is right; undefined until its turn has committed. */
  seq: number | undefined;
  value: Value;
}

/**
 * What this process remembers of an organisation from one turn to the next. It is good only for
 * the very next `seq`: when another process has written in between, or a turn was rolled back, the
 * numbers do not follow each other and the memory starts empty. So it can be late for nothing.
 */
export class TurnMemory<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  constructor(private readonly empty: () => Value) {}

  /** The memory for this turn, which changes it in place as it changes the database. */
  take(tx: Tx, turn: Turn): Value {
    const known = this.entries.get(turn.organisationId);
    if (known?.turn === turn) return known.value;
    const value = known?.seq === turn.seq - 1 ? known.value : this.empty();
    const entry: Entry<Value> = { turn, seq: undefined, value };
    this.entries.set(turn.organisationId, entry);
    tx.afterCommit(() => (entry.seq = turn.seq));
    return value;
  }

  /** Starts empty at the next turn. */
  forget(organisationId: string): void {
    this.entries.delete(organisationId);
  }
}
