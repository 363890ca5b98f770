import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { mappingSchema } from '@palmares/shared/import/mapping';
import { rowReader, type RowReader } from '@palmares/shared/import/map-row';
import type { Receipt } from '@palmares/shared/intake/receipt';
import { memberEntrySchema } from '@palmares/shared/people/member';
import { targetRowSchema } from '@palmares/shared/target/target';
import { ProblemError } from '../http/problem-error.js';
import { AuditService } from '../audit/audit.service.js';
import { asOf } from '../http/origin.js';
import { IntakeService } from '../intake/intake.service.js';
import { PeopleService } from '../people/people.service.js';
import { Database, type Tx } from '../platform/database.js';
import { TargetService } from '../target/target.service.js';
import * as rowsStore from './import-rows.store.js';
import { advance, type Leased } from './lease.store.js';
import {
  culprit,
  entriesOf,
  meaningOf,
  refusalsOf,
  refusedRows,
  type Meaning,
} from './row-meaning.js';
import { chargeFrom, refuseKind, type Signer } from './signer.js';
import type { SourceRow } from './source-row.js';

/** What may pass by itself: the same rows are recorded later. */
export const PASSING: readonly string[] = ['too-many-requests', 'unavailable'];
const PATIENCE_MS = 60_000;
const BUSY_MS = 200;

/** Waits while too much else is to be recorded. */
async function patiently(work: () => Promise<void>): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof ProblemError && error.code === 'too-many-requests';
      if (!busy || performance.now() > until) throw error;
      await pause(BUSY_MS);
    }
  }
}

/** Problems: `forbidden` for an import that nobody has signed. */
function signerIn({ signedBy, signedScopes }: Leased): Signer {
  if (signedBy === null) throw new ProblemError('forbidden', 'Nobody has signed the import');
  return { by: signedBy, scopes: signedScopes };
}

const nothing = { recorded: 0, revised: 0, unchanged: 0, stale: 0, waiting: 0 };

/** Records rows of a file, and in the same transaction how far the import has come. */
@Injectable()
export class ImportRecorder {
  constructor(
    private readonly database: Database,
    private readonly intake: IntakeService,
    private readonly people: PeopleService,
    private readonly targets: TargetService,
    private readonly audit: AuditService,
  ) {}

  /** Problems: `forbidden` where the signer may not bring files of this kind. */
  async reader(job: Leased): Promise<RowReader> {
    refuseKind(signerIn(job), job.kind);
    const { timeZone } = await this.people.organisation(job.organisationId);
    const names = job.columns.map(({ name }) => name);
    return rowReader(mappingSchema.parse(job.mapping), names, timeZone);
  }

  /**
   * Records the rows that come after `before` others. Where one of them upsets the whole (a total
   * that would be too large), halves are tried, so that it alone is refused.
   * @throws LostLease; ProblemError `too-many-requests`, `unavailable`
   */
  async record(
    job: Leased,
    read: RowReader,
    rows: readonly SourceRow[],
    before: number,
  ): Promise<void> {
    const meaning = meaningOf(read, rows);
    try {
      await patiently(() => this.write(job, meaning, before));
    } catch (error) {
      if (!(error instanceof ProblemError) || PASSING.includes(error.code)) throw error;
      const half = Math.floor(rows.length / 2);
      if (half === 0) {
        const refused = [{ at: 0, refusal: culprit(error.code) }];
        await this.advance(job, { ...meaning, meant: [], skipped: 0, refused }, before);
        return;
      }
      await this.record(job, read, rows.slice(0, half), before);
      await this.record(job, read, rows.slice(half), before + half);
    }
  }

  private async write(job: Leased, meaning: Meaning, before: number): Promise<void> {
    if (meaning.meant.length === 0) return this.advance(job, meaning, before);
    if (job.kind === 'activities') return this.writeActivities(job, meaning, before);
    return this.database.repeatable(async (tx) => {
      const receipt = await this.save(tx, job, meaning);
      await this.advanceWithin(tx, job, meaning, before, receipt);
    });
  }

  private async writeActivities(job: Leased, meaning: Meaning, before: number): Promise<void> {
    await this.intake.record(job.organisationId, {
      mode: 'partial',
      activities: meaning.meant.map(({ item }) => item),
      importId: job.id,
      onRecorded: (tx, receipt) => this.advanceWithin(tx, job, meaning, before, receipt),
    });
  }

  /** Members and targets are known by their names: saving them twice saves them once. */
  private async save(tx: Tx, job: Leased, meaning: Meaning): Promise<Receipt> {
    const { organisationId, kind, id } = job;
    if (kind === 'targets') {
      const read = entriesOf(meaning, targetRowSchema);
      const saved = await this.targets.saveTargetsWithin(tx, organisationId, read.entries);
      const { saved: recorded, unchanged } = saved;
      return { ...nothing, recorded, unchanged, refused: refusalsOf(read, saved.refused) };
    }
    const read = entriesOf(meaning, memberEntrySchema);
    const charge = chargeFrom(signerIn(job));
    // Members are from whoever committed the file, not from the server.
    const actor = await this.audit.lastActor(tx, organisationId, `import:${id}`, 'import.commit');
    const saved = await asOf({ actor, address: null, requestId: null }, () =>
      this.people.saveMembersWithin(tx, organisationId, read.entries, charge),
    );
    return {
      ...nothing,
      recorded: saved.created.length,
      revised: saved.updated.length,
      unchanged: saved.unchanged.length,
      refused: refusalsOf(read, saved.refused),
    };
  }

  private async advance(job: Leased, meaning: Meaning, before: number): Promise<void> {
    await this.database.repeatable((tx) =>
      this.advanceWithin(tx, job, meaning, before, { ...nothing, refused: [] }),
    );
  }

  private async advanceWithin(
    tx: Tx,
    job: Leased,
    meaning: Meaning,
    before: number,
    receipt: Receipt,
  ): Promise<void> {
    const refused = refusedRows(meaning, receipt.refused, job.mapping);
    const counts = { ...receipt, skipped: meaning.skipped, refused: refused.length };
    const number = await advance(tx, job, before, before + meaning.rows.length, counts);
    if (number === undefined) return;
    await rowsStore.refuse(tx, job.organisationId, job.id, refused, number);
  }
}
