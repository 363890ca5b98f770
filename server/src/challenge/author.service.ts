import { Injectable } from '@nestjs/common';
import { handsBehind } from '@palmares/shared/challenge/signature';
import { actorNow } from '../http/origin.js';
import { ProvenanceService } from '../people/provenance.service.js';
import type { Tx } from '../platform/database.js';
import * as store from './author.store.js';

const MEMBER = 'member:';

/** Who drafted, changed, launched and amended challenges. */
@Injectable()
export class AuthorService {
  constructor(private readonly provenance: ProvenanceService) {}

  /** Notes who gives the command under way as an author. */
  async note(tx: Tx, organisationId: string, challengeId: string): Promise<void> {
    await store.note(tx, organisationId, challengeId, actorNow());
  }

  async list(tx: Tx, organisationId: string, challengeId: string): Promise<string[]> {
    const rows = await store.list(tx, organisationId, [challengeId]);
    return rows.map(({ actor }) => actor);
  }

  async names(tx: Tx, organisationId: string, actors: readonly string[]) {
    return store.names(tx, organisationId, actors);
  }

  /**
   * Members who wrote these challenges, by challenge, and those from whom an author has the account
   * or the way in: they could have written it under another name.
   */
  async membersBehind(
    tx: Tx,
    organisationId: string,
    challengeIds: readonly string[],
  ): Promise<Map<string, ReadonlySet<string>>> {
    const rows = await store.list(tx, organisationId, challengeIds);
    const actors = rows.map(({ actor }) => actor);
    const grants = await this.provenance.grants(tx, organisationId, actors);
    const found = new Map<string, Set<string>>();
    for (const { challengeId, actor } of rows) {
      const members = found.get(challengeId) ?? new Set();
      for (const hand of handsBehind(actor, grants)) {
        if (hand.startsWith(MEMBER)) members.add(hand.slice(MEMBER.length));
      }
      found.set(challengeId, members);
    }
    return found;
  }
}
