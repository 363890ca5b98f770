import { Injectable, StreamableFile } from '@nestjs/common';
import { mappingKinds, type MappingKind } from '@palmares/shared/import/field';
import type { Import, ImportUndo } from '@palmares/shared/import/import';
import { mappingSchema, type Mapping } from '@palmares/shared/import/mapping';
import { pointerTo } from '@palmares/shared/problem/catalogue';
import { z } from 'zod';
import { signatureOf, type Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import type { Upload } from '../http/upload.js';
import { PeopleService } from '../people/people.service.js';
import { Database } from '../platform/database.js';
import { ImportPlanner } from './import-planner.js';
import { ImportUndoService } from './import-undo.service.js';
import { ImportService, type Wish } from './import.service.js';
import * as rowsStore from './import-rows.store.js';
import type { ImportRow } from './import.store.js';
import { MappingService } from './mapping.service.js';
import { refusedCsv, refusedName } from './refused-csv.js';
import { chargeFrom, kindsOf, refuseKind, signerOf } from './signer.js';

const fieldsSchema = z.strictObject({
  kind: z.enum(mappingKinds).optional(),
  sheet: z.string().min(1).max(100).optional(),
  mappingId: z.uuid().optional(),
  mapping: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(mappingSchema)
    .optional(),
});

function fieldsOf(form: Upload) {
  const parsed = fieldsSchema.safeParse(form.fields);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: pointerTo(path),
    detail: message,
  }));
  throw new ProblemError('invalid', undefined, errors);
}

/** Where callers bring files: who may bring and see which, and what their forms say. */
@Injectable()
export class ImportDesk {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly imports: ImportService,
    private readonly undoing: ImportUndoService,
    private readonly mappings: MappingService,
    private readonly planner: ImportPlanner,
  ) {}

  /** A draft and its preview. Problems: as `ImportService.receive`, `forbidden`. */
  async upload(caller: Caller, form: Upload, only?: MappingKind): Promise<Import> {
    const { organisationId } = caller;
    const id = await form.take((name, bytes, rest) => {
      const file = { name, bytes, sheet: form.fields['sheet'] };
      return this.imports.receive(organisationId, signatureOf(caller), file, async () => {
        await rest();
        return this.wish(caller, form, only);
      });
    });
    return this.imports.preview(organisationId, id, signerOf(caller));
  }

  /** People by a file, at once: the answer tells where to look how it goes. */
  async importMembers(caller: Caller, form: Upload): Promise<Import> {
    const { id } = await this.upload(caller, form, 'members');
    return this.commit(caller, id);
  }

  private async wish(caller: Caller, form: Upload, only?: MappingKind): Promise<Wish> {
    const { kind, mapping, mappingId } = fieldsOf(form);
    const saved = mappingId
      ? (await this.mappings.find(caller.organisationId, mappingId)).mapping
      : undefined;
    const wanted = mapping ?? saved;
    const kinds = kindsOf(signerOf(caller));
    const single = kinds.length === 1 ? kinds[0] : undefined;
    const meant = only ?? kind ?? wanted?.kind ?? single;
    if (meant) refuseKind(signerOf(caller), meant);
    if (wanted && meant !== wanted.kind) {
      const detail = `a mapping of ${meant}`;
      throw new ProblemError('invalid', undefined, [{ pointer: '/mapping', detail }]);
    }
    return { kind: meant, mapping: wanted };
  }

  async change(caller: Caller, id: string, mapping?: Mapping): Promise<Import> {
    await this.allowed(caller, id);
    if (mapping) refuseKind(signerOf(caller), mapping.kind);
    return this.imports.preview(caller.organisationId, id, signerOf(caller), mapping);
  }

  /**
   * Signs a draft as it stands, or as it was when its `version` was shown. Problems: as
   * `ImportService.commit`, `forbidden` for who would make admins without being one.
   */
  async commit(caller: Caller, id: string, version?: number): Promise<Import> {
    const signer = signerOf(caller);
    const look = async (row: ImportRow) => {
      refuseKind(signer, row.kind);
      if (row.kind !== 'members' || chargeFrom(signer) === 'everybody') return;
      const line = await this.planner.adminLine(caller.organisationId, row);
      if (line !== undefined) {
        throw new ProblemError('forbidden', `line ${line}: only an admin makes admins`);
      }
    };
    return this.imports.commit(caller.organisationId, id, { signer, look, version });
  }

  async view(caller: Caller, id: string): Promise<Import> {
    await this.allowed(caller, id);
    return this.imports.view(caller.organisationId, id);
  }

  list(caller: Caller, limit: number, cursor?: string) {
    return this.imports.list(caller.organisationId, kindsOf(signerOf(caller)), limit, cursor);
  }

  async undoPreview(caller: Caller, id: string): Promise<ImportUndo> {
    await this.allowed(caller, id);
    return this.undoing.preview(caller.organisationId, id);
  }

  async undo(caller: Caller, id: string): Promise<Import> {
    await this.allowed(caller, id);
    return this.undoing.undo(caller.organisationId, id);
  }

  /** The refused rows, in the words of the organisation. */
  async refused(caller: Caller, id: string): Promise<StreamableFile> {
    const { organisationId } = caller;
    const { columns, mapping } = await this.allowed(caller, id);
    const { locale } = await this.people.organisation(organisationId);
    const rows = refusedCsv(locale, columns, mapping, (from, limit) =>
      this.database.read((tx) => rowsStore.refusals(tx, organisationId, id, from, limit)),
    );
    return new StreamableFile(rows, { disposition: refusedName(locale) });
  }

  /** Problems: `not-found`, `forbidden`. */
  private async allowed(caller: Caller, id: string) {
    const row = await this.imports.find(caller.organisationId, id);
    refuseKind(signerOf(caller), row.kind);
    return row;
  }
}
