import { Injectable } from '@nestjs/common';
import { reachOf } from '@palmares/shared/access/policy';
import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
} from '@palmares/shared/challenge/challenge';
import {
  termsOf,
  type TermsDocument,
  type TermsView,
  type WrittenClauses,
} from '@palmares/shared/challenge/terms';
import { locales, type Locale } from '@palmares/shared/people/organisation';
import { AuditService } from '../audit/audit.service.js';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { originNow } from '../http/origin.js';
import { ProblemError } from '../http/problem-error.js';
import { Notices } from '../live/notices.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { AddresseeService } from './addressee.service.js';
import { seesDrafts } from './challenge-view.js';
import { SteeringService } from './steering.service.js';
import * as store from './terms.store.js';

interface TermsQuery {
  locale: Locale;
  version?: number | undefined;
}

const iso = (date: Date | undefined) => date?.toISOString() ?? null;

/** The règlement of a challenge: generated, written upon, published, taken note of. */
@Injectable()
export class TermsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly addressees: AddresseeService,
    private readonly notices: Notices,
    private readonly audit: AuditService,
    private readonly steering: SteeringService,
  ) {}

  /** A draft as it would be published now, the present version, or an earlier one. Problems: `not-found`. */
  async view(caller: Caller, id: string, { locale, version }: TermsQuery): Promise<TermsView> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const { clauses, version: current } = await store.find(tx, organisationId, id);
      if (current === 0 && !seesDrafts(caller)) throw new ProblemError('not-found');
      const versions = await store.versions(tx, organisationId, id);
      const wanted = version ?? current;
      const shown = versions.find((one) => one.version === wanted);
      if (wanted !== 0 && !shown) throw new ProblemError('not-found');
      const reader = caller.kind === 'member' ? caller.memberId : null;
      const read = reader && (await store.acknowledgements(tx, organisationId, id, wanted, reader));
      const documents = shown?.documents ?? (await this.documents(tx, organisationId, id, clauses));
      return {
        challengeId: id,
        version: shown?.version ?? null,
        current: current === 0 ? null : current,
        publishedAt: iso(shown?.publishedAt),
        document: documents[locale],
        clauses: shown?.clauses ?? clauses,
        versions: versions.map(({ version: number, challengeVersion, publishedAt }) => {
          return { version: number, challengeVersion, publishedAt: publishedAt.toISOString() };
        }),
        acknowledgedAt: iso((reader && read && read.get(reader)) || undefined),
      };
    });
  }

  /**
   * Writes the clauses: those that are not named keep the usual text. What has been launched gets a
   * new version, which participants have to take note of again; writing the same changes nothing.
   * Problems: `not-found`, `challenge-certified`, `challenge-cancelled`, `beyond-teams`.
   */
  async write(caller: Caller, id: string, clauses: WrittenClauses): Promise<void> {
    const { organisationId } = caller;
    await this.database.transaction(async (tx) => {
      const { certified, cancelled } = await this.addressees.challenge(tx, organisationId, id);
      if (certified) throw new ProblemError('challenge-certified');
      if (cancelled) throw new ProblemError('challenge-cancelled');
      const about = await store.definition(tx, organisationId, id);
      if (!about) throw new ProblemError('not-found');
      await this.steering.need(tx, caller, about.definition);
      const known = await store.lock(tx, organisationId, id);
      if (textOf(known.clauses) === textOf(clauses)) return;
      await store.write(tx, organisationId, id, { ...known, clauses });
      const after = { named: Object.keys(clauses) };
      const what = { action: 'terms.change', subject: `challenge:${id}`, after } as const;
      await this.audit.write(tx, { organisationId, ...what });
      if (known.version > 0) await this.publish(tx, organisationId, id);
    });
  }

  /**
   * Publishes the next version, by the clauses and the challenge’s version of this moment; called
   * by whatever makes a version of the challenge, once its subjects are known.
   */
  async publish(tx: Tx, organisationId: string, id: string): Promise<void> {
    const { clauses, version: last } = await store.lock(tx, organisationId, id);
    const challenge = await store.definition(tx, organisationId, id);
    if (!challenge?.version) throw new Error('a règlement is published with a launch');
    const version = last + 1;
    await store.publish(tx, organisationId, id, {
      version,
      challengeVersion: challenge.version,
      clauses,
      documents: await this.documents(tx, organisationId, id, clauses),
      publishedBy: originNow()?.actor ?? 'system',
      publishedAt: this.clock.now(),
    });
    await store.write(tx, organisationId, id, { clauses, version });
    const what = { action: 'terms.publish', subject: `challenge:${id}` } as const;
    await this.audit.write(tx, { organisationId, ...what, after: { version } });
    const readers = await this.addressees.list(tx, organisationId, id);
    await this.tell(tx, organisationId, id, 'terms.published', version, readers);
  }

  /**
   * A participant takes note of the present version; again changes nothing. Problems: `not-found`,
   * `not-a-participant`, `terms-superseded`.
   */
  async acknowledge(
    caller: MemberCaller,
    id: string,
    read?: number,
  ): Promise<{ version: number; acknowledgedAt: string }> {
    const { organisationId, memberId } = caller;
    return this.database.transaction(async (tx) => {
      await this.addressees.challenge(tx, organisationId, id);
      await this.addressees.need(tx, caller, id);
      const now = this.clock.now();
      const taken = await store.acknowledge(tx, organisationId, id, read, memberId, now);
      if (!taken) throw new ProblemError('terms-superseded');
      const under = [`terms.published/${id}/`, `terms.reminder/${id}/`];
      await this.notices.settle(tx, organisationId, { memberId, under });
      return { version: taken.version, acknowledgedAt: taken.acknowledgedAt.toISOString() };
    });
  }

  /**
   * Who has taken note of the present version and who has not: of those whom a manager manages, of
   * everybody for the others who ask. Problems: `not-found`.
   */
  async acknowledgements(
    caller: Caller,
    id: string,
    { status, limit, cursor }: { status?: string | undefined; limit: number; cursor: number },
  ) {
    return this.database.snapshot(async (tx) => {
      const { version, everybody } = await this.roll(tx, caller, id);
      const missing = everybody.filter((one) => one.acknowledgedAt === null);
      const items = everybody.filter(({ acknowledgedAt }) =>
        status ? (status === 'missing') === (acknowledgedAt === null) : true,
      );
      const end = cursor + limit;
      return {
        version,
        acknowledged: everybody.length - missing.length,
        missing: missing.length,
        items: items.slice(cursor, end),
        nextCursor: items.length > end ? String(end) : null,
      };
    });
  }

  /** Reminds those who are missing, each at most once a day. Problems: `not-found`. */
  async remind(caller: Caller, id: string): Promise<{ reminded: number }> {
    const { organisationId } = caller;
    return this.database.transaction(async (tx) => {
      const { version, everybody } = await this.roll(tx, caller, id);
      if (version === null) return { reminded: 0 };
      const missing = everybody.filter((one) => one.acknowledgedAt === null);
      const readers = missing.map(({ member }) => member);
      const reminded = await this.tell(tx, organisationId, id, 'terms.reminder', version, readers);
      if (reminded > 0) {
        const what = { action: 'terms.remind', subject: `challenge:${id}` } as const;
        await this.audit.write(tx, { organisationId, ...what, after: { version, reminded } });
      }
      return { reminded };
    });
  }

  private async roll(tx: Tx, caller: Caller, id: string) {
    const { organisationId } = caller;
    await this.addressees.challenge(tx, organisationId, id);
    const { version } = await store.find(tx, organisationId, id);
    const all = version === 0 ? [] : await this.addressees.list(tx, organisationId, id);
    const read = await store.acknowledgements(tx, organisationId, id, version);
    const sees = await this.sees(tx, caller);
    const everybody = all
      .filter((one) => sees(one.id))
      .map(({ id: memberId, name, hasAccess }) => {
        const acknowledgedAt = iso(read.get(memberId));
        return { member: { id: memberId, name }, hasAccess, acknowledgedAt };
      });
    return { version: version === 0 ? null : version, everybody };
  }

  /** Whoever is only a manager sees the members of their teams. */
  private async sees(tx: Tx, caller: Caller): Promise<(memberId: string) => boolean> {
    const whose = reachOf('acknowledgement.read', caller);
    if (caller.kind !== 'member' || whose === 'organisation') return () => true;
    const managed = await this.addressees.managed(tx, caller.organisationId, caller.memberId);
    return (memberId) => managed.has(memberId);
  }

  private async tell(
    tx: Tx,
    organisationId: string,
    challengeId: string,
    kind: 'terms.published' | 'terms.reminder',
    version: number,
    readers: readonly { id: string }[],
  ): Promise<number> {
    const { name } = await this.addressees.challenge(tx, organisationId, challengeId);
    const today = await this.people.today(organisationId, tx);
    const when = kind === 'terms.reminder' ? `/${today}` : '';
    return this.notices.send(tx, organisationId, {
      memberIds: readers.map(({ id }) => id),
      key: `${kind}/${challengeId}/${version}${when}`,
      about: { kind, challengeId, challengeName: name, version },
    });
  }

  private async teamNames(tx: Tx, organisationId: string, { audience }: ChallengeDefinition) {
    const ids = audience.kind === 'team-members' ? audience.teamIds : [];
    return ids.length > 0 ? store.teamNames(tx, organisationId, ids) : undefined;
  }

  private async documents(tx: Tx, organisationId: string, id: string, clauses: WrittenClauses) {
    const organisation = await this.people.organisation(organisationId, tx);
    const challenge = await store.definition(tx, organisationId, id);
    if (!challenge) throw new ProblemError('not-found');
    const definition = challengeDefinitionSchema.parse(challenge.definition);
    const teams = await this.teamNames(tx, organisationId, definition);
    const entries = locales.map((locale) => {
      return [locale, termsOf({ definition, organisation, teams }, clauses, locale)] as const;
    });
    return Object.fromEntries(entries) as Record<Locale, TermsDocument>;
  }
}

/** Clauses in an order of their own, as jsonb does not keep any. */
const textOf = (clauses: WrittenClauses) =>
  JSON.stringify(
    Object.entries(clauses)
      .flatMap(([key, text]) => (text ? [[key, text.fr, text.en ?? null]] : []))
      .toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
  );
