import { Injectable } from '@nestjs/common';
import {
  defaultCeilings,
  excessOf,
  isRaise,
  type Ceilings,
  type Excess,
} from '@palmares/shared/challenge/ceiling';
import { principalOf, verdictOf } from '@palmares/shared/challenge/signature';
import { parsePeriod } from '@palmares/shared/time/period';
import { AuditService } from '../audit/audit.service.js';
import type { MemberCaller } from '../auth/caller.js';
import { signatureOf } from '../auth/caller.js';
import { needCounting } from '../people/needs-counting.js';
import { PeopleService } from '../people/people.service.js';
import { ProvenanceService } from '../people/provenance.service.js';
import { Database, type Tx } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import * as store from './ceiling.store.js';

const MEMBER = 'member:';

/** What a launch or an amendment would raise the cost of a challenge to, and by how much. */
interface Raise {
  cost: number;
  raise: number;
}

/** How much may be launched without a countersignature. */
@Injectable()
export class CeilingService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly provenance: ProvenanceService,
    private readonly authors: AuthorService,
    private readonly audit: AuditService,
  ) {}

  async read(organisationId: string): Promise<Ceilings> {
    return this.database.read((tx) => this.within(tx, organisationId));
  }

  /**
   * Raising a ceiling lets others pay more, so HR who may be paid, or has the account or the role
   * from somebody who may, only lowers them. Problems: `signature-does-not-count`.
   */
  async change(caller: MemberCaller, ceilings: Ceilings): Promise<Ceilings> {
    const { organisationId } = caller;
    return this.database.transaction(async (tx) => {
      await this.people.turn(tx, organisationId);
      const before = await this.within(tx, organisationId);
      if (isRaise(before, ceilings)) await this.refuseGainer(tx, caller);
      await store.save(tx, organisationId, ceilings);
      const subject = `organisation:${organisationId}`;
      const what = { action: 'ceilings.change', subject } as const;
      const states = { before: { ...before }, after: { ...ceilings } };
      await this.audit.write(tx, { organisationId, ...what, ...states });
      return ceilings;
    });
  }

  /** Which ceiling a challenge would exceed; to be asked in the organisation’s turn. */
  async excess(tx: Tx, organisationId: string, id: string, raise: Raise): Promise<Excess> {
    const ceilings = await this.within(tx, organisationId);
    const authors = await this.authors.list(tx, organisationId, id);
    const rows = await store.commitments(tx, organisationId, await this.month(tx, organisationId));
    const actors = [...authors, ...rows.flatMap((row) => row.actors)];
    const grants = await this.provenance.grants(tx, organisationId, actors);
    const principals = new Set(authors.map((one) => principalOf(one, grants)));
    const sums = [...principals].map((principal) =>
      rows
        .filter((row) => row.actors.some((one) => principalOf(one, grants) === principal))
        .reduce((sum, { points }) => sum + points, 0),
    );
    return excessOf(ceilings, raise, sums);
  }

  async commit(tx: Tx, organisationId: string, id: string, points: number): Promise<void> {
    if (points <= 0) return;
    const day = await this.people.today(organisationId, tx);
    await store.commit(tx, organisationId, id, { day, points });
  }

  /** What was launched, amended and, beyond a ceiling, countersigned. */
  async committed(tx: Tx, organisationId: string, id: string): Promise<number> {
    return store.committed(tx, organisationId, id);
  }

  /** True where people who joined later made a challenge dearer than anybody agreed to. */
  async isOutgrown(tx: Tx, organisationId: string, id: string, cost: number): Promise<boolean> {
    const { perChallenge } = await this.within(tx, organisationId);
    return cost > Math.max(perChallenge, await this.committed(tx, organisationId, id));
  }

  private async within(tx: Tx, organisationId: string): Promise<Ceilings> {
    return (await store.find(tx, organisationId)) ?? defaultCeilings;
  }

  private async month(tx: Tx, organisationId: string) {
    const month = (await this.people.today(organisationId, tx)).slice(0, 7);
    const period = parsePeriod(month);
    if (!period) throw new RangeError(`no month ${month}`);
    return period;
  }

  private async refuseGainer(tx: Tx, caller: MemberCaller): Promise<void> {
    const { organisationId, roles } = caller;
    const signature = signatureOf(caller);
    const grants = await this.provenance.grants(tx, organisationId, [signature]);
    const ids = [...grants.keys()].flatMap((one) =>
      one.startsWith(MEMBER) ? [one.slice(MEMBER.length)] : [],
    );
    const competing = await store.competing(tx, organisationId, ids);
    const gainers = new Set(competing.map((id) => MEMBER + id));
    needCounting(verdictOf({ signature, roles, teams: [] }, { gainers, grants }));
  }
}
