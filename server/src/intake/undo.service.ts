import { Injectable } from '@nestjs/common';
import type { Stored } from '@palmares/shared/intake/decide';
import { counted, type Arrival, type Decision } from '@palmares/shared/intake/decide';
import { ActivityService } from '../activity/activity.service.js';
import { tooLarge } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { arrivalOf, SettlementService } from './settlement.service.js';

export interface Undone {
  /** Activities that the import had made, which now are void. */
  voided: number;
  /** Activities that it had revised, which now are as they were before. */
  restored: number;
}

/** Takes back as a whole what an import wrote, where nothing newer has come since. */
@Injectable()
export class UndoService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly activities: ActivityService,
    private readonly settlement: SettlementService,
  ) {}

  /** Undoing twice undoes once. Problems: `not-found`, `total-too-large`. */
  async undo(organisationId: string, importId: string): Promise<Undone> {
    const work = this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const written = await this.activities.writtenBy(tx, turn, importId);
      const decision: Decision = { outcomes: [], appended: [], ended: [], transitions: [] };
      const now = this.clock.now();
      await this.activities.forget(tx, turn, importId, now);
      const undone: Undone = { voided: 0, restored: 0 };
      for (const { stored, earlier } of written) {
        take(decision, stored, earlier ?? voided(stored));
        undone[earlier ? 'restored' : 'voided'] += 1;
      }
      await this.settlement.apply(tx, turn, decision, { now, importId: null });
      return undone;
    });
    return work.catch(tooLarge);
  }
}

const voided = ({ current }: Stored): Arrival => arrivalOf({ ...current.activity, void: true });

function take(decision: Decision, stored: Stored, next: Arrival & Pick<Stored, 'importId'>): void {
  const { current, withheld, lastRevision } = stored;
  const { source, externalId } = current.activity;
  decision.ended.push({ source, externalId, revision: current.revision });
  decision.appended.push({ ...next, revision: lastRevision + 1, superseded: false, withheld });
  decision.transitions.push({
    before: counted(current.activity, withheld),
    after: counted(next.activity, withheld),
  });
}
