import { Injectable } from '@nestjs/common';
import type { Activity } from '@palmares/shared/activity/activity';
import type { Current, Settlement } from '@palmares/shared/intake/settle';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import type { Turn } from '../people/sequence.js';
import * as store from './activity.store.js';

@Injectable()
export class ActivityService {
  constructor(private readonly clock: Clock) {}

  /** What is stored under the identities of these activities, by identity. */
  async current(tx: Tx, turn: Turn, activities: readonly Activity[]) {
    const bySource = new Map<string, Set<string>>();
    for (const { source, externalId } of activities) {
      const ids = bySource.get(source) ?? new Set();
      bySource.set(source, ids.add(externalId));
    }
    const found = new Map<string, Current>();
    for (const source of [...bySource.keys()].toSorted()) {
      const ids = bySource.get(source) ?? [];
      const rows = await store.findCurrent(tx, turn.organisationId, source, [...ids]);
      for (const [identity, current] of rows) found.set(identity, current);
    }
    return found;
  }

  /** Writes what a settlement decided. */
  async record(tx: Tx, turn: Turn, settlement: Settlement): Promise<void> {
    await store.supersede(tx, turn, settlement.superseded);
    await store.append(tx, turn, settlement.appended, this.clock.now());
  }
}
