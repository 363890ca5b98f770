import { Injectable } from '@nestjs/common';
import type { SavedMapping, SavedMappingInput } from '@palmares/shared/import/import';
import { mappingSchema, type Mapping } from '@palmares/shared/import/mapping';
import { v7 as uuid } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import { refusal } from '../people/refusal.js';
import * as store from './mapping.store.js';
import { chargeFrom, kindsOf, refuseKind, type Signer } from './signer.js';

const UNIQUE = '23505';

function nameTaken(error: unknown): never {
  if ((error as { code?: string }).code === UNIQUE) throw new ProblemError('mapping-name-taken');
  throw error;
}

type Recorded = Pick<SavedMapping, 'name' | 'mapping'>;

/**
 * Mappings that an organisation keeps under a name. Who may bring files of a kind may see, use and
 * keep mappings of that kind. A key that looks after reps changes no mapping of people that another
 * has saved: an admin would bring a file by it, and give what the key may not.
 */
@Injectable()
export class MappingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** Problems: `forbidden`, `mapping-name-taken`. */
  async save(
    organisationId: string,
    signer: Signer,
    input: SavedMappingInput,
  ): Promise<SavedMapping> {
    const { kind } = input.mapping;
    refuseKind(signer, kind);
    const saved = { id: uuid(), ...input, kind, savedBy: signer.by };
    const work = this.database.transaction(async (tx) => {
      await store.insert(tx, organisationId, saved, this.clock.now());
      await this.record(tx, organisationId, 'mapping.save', saved.id, undefined, saved);
    });
    await work.catch(nameTaken);
    return saved;
  }

  /** Problems: `not-found`, `forbidden`, `invalid` for another kind, `mapping-name-taken`. */
  async change(
    organisationId: string,
    signer: Signer,
    id: string,
    input: Partial<SavedMappingInput>,
  ): Promise<SavedMapping> {
    const work = this.database.transaction(async (tx) => {
      const known = await this.mine(tx, organisationId, signer, id);
      const { name = known.name, mapping = known.mapping } = input;
      if (mapping.kind !== known.kind) {
        throw refusal('invalid', '/mapping/kind', 'a saved mapping keeps its kind');
      }
      const changed = { ...known, name, mapping, savedBy: signer.by };
      await store.update(tx, organisationId, changed);
      await this.record(tx, organisationId, 'mapping.change', id, known, changed);
      return changed;
    });
    return work.catch(nameTaken);
  }

  /** Problems: `not-found`, `forbidden`. */
  async remove(organisationId: string, signer: Signer, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await this.mine(tx, organisationId, signer, id);
      await store.remove(tx, organisationId, id);
      await this.record(tx, organisationId, 'mapping.remove', id, known, undefined);
    });
  }

  /** Problems: `not-found`. */
  async find(organisationId: string, id: string): Promise<SavedMapping> {
    const found = await this.database.read((tx) => store.find(tx, organisationId, id));
    if (!found) throw new ProblemError('not-found');
    return { ...found, mapping: mappingSchema.parse(found.mapping) };
  }

  async findByName(organisationId: string, name: string): Promise<SavedMapping | undefined> {
    const found = await this.database.read((tx) => store.findByName(tx, organisationId, name));
    return found && { ...found, mapping: mappingSchema.parse(found.mapping) };
  }

  /** Those of the kinds that the reader may bring. */
  async list(organisationId: string, reader: Signer, limit: number, cursor?: string) {
    const rows = await this.database.read((tx) =>
      store.list(tx, organisationId, kindsOf(reader), limit + 1, cursor),
    );
    const items = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (items.at(-1)?.name ?? null) : null;
    return { items, nextCursor };
  }

  /** One that the signer may change, held until the end of the transaction. */
  private async mine(tx: Tx, organisationId: string, signer: Signer, id: string) {
    const known = await store.find(tx, organisationId, id, true);
    if (!known) throw new ProblemError('not-found');
    refuseKind(signer, known.kind);
    const another = known.kind === 'members' && known.savedBy !== signer.by;
    if (another && chargeFrom(signer) === 'reps') {
      throw new ProblemError('forbidden', 'only an admin changes what another has saved');
    }
    return known;
  }

  private async record(
    tx: Tx,
    organisationId: string,
    action: 'mapping.save' | 'mapping.change' | 'mapping.remove',
    id: string,
    before: Recorded | undefined,
    after: Recorded | undefined,
  ): Promise<void> {
    await this.audit.write(tx, {
      organisationId,
      action,
      subject: `mapping:${id}`,
      ...(before && { before: recordOf(before) }),
      ...(after && { after: recordOf(after) }),
    });
  }
}

/**
 * A mapping for the record. What it puts in place of values may name people: of that the columns
 * are written down, and a digest of the whole by which a change is seen.
 */
function recordOf({ name, mapping }: Recorded) {
  const { kind, columns, constants, values }: Mapping = mapping;
  const replaced = Object.keys(values).toSorted();
  return { name, kind, columns, constants, replaced, digest: digestId(JSON.stringify(mapping)) };
}
