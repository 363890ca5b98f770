import { Injectable } from '@nestjs/common';
import type { SavedMapping, SavedMappingInput } from '@palmares/shared/import/import';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import * as store from './mapping.store.js';

const UNIQUE = '23505';

function nameTaken(error: unknown): never {
  if ((error as { code?: string }).code === UNIQUE) throw new ProblemError('mapping-name-taken');
  throw error;
}

/** Mappings that an organisation keeps under a name. */
@Injectable()
export class MappingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Problems: `mapping-name-taken`. */
  async save(organisationId: string, input: SavedMappingInput): Promise<SavedMapping> {
    const id = uuid();
    const now = this.clock.now();
    await this.database
      .transaction((tx) => store.insert(tx, organisationId, id, input, now))
      .catch(nameTaken);
    return { id, ...input, kind: input.mapping.kind };
  }

  /** Problems: `not-found`, `mapping-name-taken`. */
  async change(
    organisationId: string,
    id: string,
    input: Partial<SavedMappingInput>,
  ): Promise<SavedMapping> {
    const known = await this.find(organisationId, id);
    const mapping = input.mapping ?? known.mapping;
    const changed = { id, name: input.name ?? known.name, kind: mapping.kind, mapping };
    await this.database
      .transaction((tx) => store.update(tx, organisationId, changed))
      .catch(nameTaken);
    return changed;
  }

  /** Problems: `not-found`. */
  async remove(organisationId: string, id: string): Promise<void> {
    const there = await this.database.transaction((tx) => store.remove(tx, organisationId, id));
    if (!there) throw new ProblemError('not-found');
  }

  /** Problems: `not-found`. */
  async find(organisationId: string, id: string): Promise<SavedMapping> {
    const found = await this.database.read((tx) => store.find(tx, organisationId, id));
    if (!found) throw new ProblemError('not-found');
    return found;
  }

  async findByName(organisationId: string, name: string): Promise<SavedMapping | undefined> {
    return this.database.read((tx) => store.findByName(tx, organisationId, name));
  }

  async list(organisationId: string, limit: number, cursor?: string) {
    const rows = await this.database.read((tx) =>
      store.list(tx, organisationId, limit + 1, cursor),
    );
    const items = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (items.at(-1)?.name ?? null) : null;
    return { items, nextCursor };
  }
}
