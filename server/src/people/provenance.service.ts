import { Injectable } from '@nestjs/common';
import type { Grant } from '@palmares/shared/challenge/signature';
import { actorNow } from '../http/origin.js';
import type { Tx } from '../platform/database.js';
import * as store from './provenance.store.js';

const PERSON = 'person:';
const MEMBER = 'member:';

/** From whom members and keys have what they have, as far as that leads. */
@Injectable()
export class ProvenanceService {
  /** Notes what the one who gives the command under way, or another, has given. */
  async note(
    tx: Tx,
    organisationId: string,
    subject: string,
    what: 'account' | 'entrance',
    actor = actorNow(),
  ): Promise<void> {
    await store.note(tx, organisationId, { subject, what, actor });
  }

  /**
   * What these signatures have from whom, what the givers have in their turn, and so on. A person
   * who is a member of the organisation gives as that member.
   */
  async grants(
    tx: Tx,
    organisationId: string,
    signatures: Iterable<string>,
  ): Promise<Map<string, Grant[]>> {
    const found = new Map<string, Grant[]>();
    let next = [...new Set(signatures)];
    while (next.length > 0) {
      for (const signature of next) found.set(signature, []);
      const rows = await store.grantsTo(tx, organisationId, next);
      const members = await this.members(
        tx,
        organisationId,
        rows.map(({ actor }) => actor),
      );
      for (const { subject, what, actor } of rows) {
        found.get(subject)?.push({ what, by: members.get(actor) ?? actor });
      }
      const givers = rows.map(({ actor }) => members.get(actor) ?? actor);
      next = [...new Set(givers)].filter((giver) => !found.has(giver));
    }
    return found;
  }

  /** Members of the organisation by the signature of the person: `person:<id>` → `member:<id>`. */
  async members(
    tx: Tx,
    organisationId: string,
    signatures: readonly string[],
  ): Promise<Map<string, string>> {
    const personIds = idsOf(signatures, PERSON);
    if (personIds.length === 0) return new Map();
    const rows = await store.identities(tx, organisationId, { memberIds: [], personIds });
    return new Map(rows.map((row) => [PERSON + row.personId, MEMBER + row.memberId]));
  }

  /** These signatures, and those of the persons who enter as these members. */
  async withPersons(
    tx: Tx,
    organisationId: string,
    signatures: Iterable<string>,
  ): Promise<Set<string>> {
    const own = new Set(signatures);
    const memberIds = idsOf([...own], MEMBER);
    if (memberIds.length === 0) return own;
    const rows = await store.identities(tx, organisationId, { memberIds, personIds: [] });
    for (const { personId } of rows) own.add(PERSON + personId);
    return own;
  }
}

const idsOf = (signatures: readonly string[], prefix: string): string[] =>
  signatures.flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : []));
