import { Injectable } from '@nestjs/common';
import type { Import, ImportUndo } from '@palmares/shared/import/import';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { UndoService, type Undone } from '../intake/undo.service.js';
import { Database } from '../platform/database.js';
import { ImportRunner } from './import-runner.js';
import { ImportService, movedOn } from './import.service.js';
import * as store from './import.store.js';
import type { ImportRow } from './import.store.js';
import { beginUndo } from './lease.store.js';

/** Takes an import back, having said first what that would do. */
@Injectable()
export class ImportUndoService {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportService,
    private readonly undoing: UndoService,
    private readonly runner: ImportRunner,
    private readonly audit: AuditService,
  ) {}

  /** Problems: `not-found`, `import-not-undoable`, `import-under-way`. */
  async preview(organisationId: string, id: string): Promise<ImportUndo> {
    refuseOthers(await this.imports.find(organisationId, id));
    return this.undoing.preview(organisationId, id);
  }

  /**
   * Begins to take it back; asking twice asks once. Problems: `not-found`, `import-not-undoable`,
   * `import-under-way`.
   */
  async undo(organisationId: string, id: string): Promise<Import> {
    await this.begin(organisationId, id);
    this.runner.look();
    return this.imports.view(organisationId, id);
  }

  /**
   * Takes it back here and now, also one of which only the activities are known. Problems: as
   * `undo`, `total-too-large`.
   */
  async undoNow(organisationId: string, id: string): Promise<Undone> {
    const known = await this.imports.find(organisationId, id).catch(() => undefined);
    if (!known) return this.undoing.undo(organisationId, id);
    if (known.status === 'undone') return { voided: 0, restored: 0 };
    await this.begin(organisationId, id);
    const { undo, error } = await this.imports.toTheEnd(organisationId, id);
    if (error) throw new Error(`The undo has stopped: ${error.detail}`);
    return { voided: undo?.voided ?? 0, restored: undo?.restored ?? 0 };
  }

  private async begin(organisationId: string, id: string): Promise<void> {
    const row = await this.imports.find(organisationId, id);
    refuseOthers(row);
    if (row.status === 'undoing' || row.status === 'undone') return;
    const found = await this.undoing.preview(organisationId, id);
    await this.database.transaction(async (tx) => {
      const moved = await store.move(tx, organisationId, id, ['done', 'failed'], 'undoing');
      if (!moved) return;
      await beginUndo(tx, organisationId, id, found);
      const what = { action: 'import.undo', subject: `import:${id}`, after: { ...found } } as const;
      await this.audit.write(tx, { organisationId, ...what });
    });
  }
}

function refuseOthers(row: ImportRow): void {
  if (row.kind !== 'activities') throw new ProblemError('import-not-undoable');
  if (['draft', 'queued', 'running'].includes(row.status)) throw movedOn(row);
}
