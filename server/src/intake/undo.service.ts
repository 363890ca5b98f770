import { Injectable } from '@nestjs/common';
import type { ImportUndo } from '@palmares/shared/import/import';
import type { Stored } from '@palmares/shared/intake/decide';
import { counted, type Arrival, type Decision } from '@palmares/shared/intake/decide';
import { ActivityService } from '../activity/activity.service.js';
import { tooLarge } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { arrivalOf, SettlementService } from './settlement.service.js';

export interface Undone {
  /** Activities that the import had made, which now are void. */
  voided: number;
  /** Activities that it had revised, which now are as they were before. */
  restored: number;
}

/** How many activities are taken back in one transaction. */
const AT_ONCE = 5_000;

type UndoneHook = (tx: Tx, undone: Undone) => Promise<void>;

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

  /**
   * Undoing twice undoes once, also when it was broken off in between. Problems: `not-found`,
   * `total-too-large`.
   * @param onUndone called at the end of each transaction, with what that one took back
   */
  async undo(organisationId: string, importId: string, onUndone?: UndoneHook): Promise<Undone> {
    const undone: Undone = { voided: 0, restored: 0 };
    for (;;) {
      const part = await this.undoSome(organisationId, importId, onUndone).catch(tooLarge);
      undone.voided += part.voided;
      undone.restored += part.restored;
      if (part.voided + part.restored < AT_ONCE) return undone;
    }
  }

  /** What an undo would take back now, what it would leave because something newer has come. */
  async preview(organisationId: string, importId: string): Promise<ImportUndo> {
    return this.activities.undoable(organisationId, importId);
  }

  private async undoSome(
    organisationId: string,
    importId: string,
    onUndone: UndoneHook | undefined,
  ): Promise<Undone> {
    return this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const now = this.clock.now();
      await this.activities.forget(tx, turn, importId, now);
      const written = await this.activities.writtenBy(tx, turn, importId, AT_ONCE);
      const decision: Decision = { outcomes: [], appended: [], ended: [], transitions: [] };
      const undone: Undone = { voided: 0, restored: 0 };
      for (const { stored, earlier } of written) {
        take(decision, stored, earlier ?? voided(stored));
        undone[earlier ? 'restored' : 'voided'] += 1;
      }
      await this.settlement.apply(tx, turn, decision, { now, importId: null });
      await onUndone?.(tx, undone);
      return undone;
    });
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
