import { Injectable } from '@nestjs/common';
import { nameOf, namesOf } from '@palmares/shared/activity/reference';
import { membersOf } from '@palmares/shared/people/membership';
import type { Stretch } from '@palmares/shared/people/stretch';
import { branchesOf } from '@palmares/shared/people/team';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { toScaled } from '@palmares/shared/quantity/fraction';
import { targetOver } from '@palmares/shared/target/target';
import type {
  TargetRow,
  TargetsAnswer,
  TargetsInput,
  TargetsQuery,
} from '@palmares/shared/target/target';
import type { Fault } from '@palmares/shared/problem/catalogue';
import type { Window } from '@palmares/shared/time/period';
import { AuditService } from '../audit/audit.service.js';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { KpiService } from '../kpi/kpi.service.js';
import { ResultService, type Sight } from '../kpi/result.service.js';
import { Database, type Tx } from '../platform/database.js';
import { settableBy } from './settable.js';
import { TargetBook } from './target-book.js';
import * as store from './target.store.js';
import type { Named, StoredTarget, TargetKey } from './target.store.js';

/** What became of the rows of a file. */
export interface SavedTargets {
  saved: number;
  unchanged: number;
  refused: { index: number; pointer: string; code: string; detail: string }[];
}

type Wanted = TargetKey & { value: number | null };

@Injectable()
export class TargetService {
  constructor(
    private readonly database: Database,
    private readonly kpis: KpiService,
    private readonly results: ResultService,
    private readonly audit: AuditService,
  ) {}

  /** The targets of a KPI and a period for everybody whom the caller may see. */
  async list(caller: Caller, query: TargetsQuery): Promise<TargetsAnswer> {
    const { kpi, period, by, limit, cursor } = query;
    return this.database.snapshot(async (tx) => {
      await this.known(tx, caller.organisationId, kpi);
      const sight = await this.results.sight(tx, { caller, period, by, filters: {} });
      const book = await this.book(tx, caller.organisationId, kpi, period, sight);
      const subjects =
        by === 'member'
          ? sight.members.filter(({ id, sells }) => sells || book.has(id))
          : sight.teams;
      const sorted = subjects.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
      const from = Number(cursor ?? 0);
      const total = book.total(
        by,
        subjects.map(({ id }) => id),
        sight.view.seen.length > 0,
      );
      return {
        kpi,
        period: period.text,
        items: sorted.slice(from, from + limit).map(({ id, name }) => {
          const found = by === 'member' ? book.ofMember(id) : book.ofTeam(id);
          return {
            subject: { type: by, id, label: name },
            value: found ? formatScaled(toScaled(found.value)) : null,
            source: found?.source ?? null,
          };
        }),
        total: total ? formatScaled(toScaled(total)) : null,
        nextCursor: from + limit < sorted.length ? String(from + limit) : null,
      };
    });
  }

  /** Every target that is known within a window, ready to be asked. */
  async book(
    tx: Tx,
    organisationId: string,
    kpi: string,
    window: Window,
    sight?: Sight,
  ): Promise<TargetBook> {
    const targets = await store.within(tx, organisationId, kpi, window);
    const memberships = await store.memberships(tx, organisationId, window);
    const teams = await this.results.teams(tx, organisationId);
    return new TargetBook(window, targets, {
      teams: sight?.teams ?? teams,
      membersOf: (teamIds) => membersOf(teamIds, memberships, window),
      branchesOf: (ids) => branchesOf(teams, ids),
    });
  }

  /**
   * What members have to reach in a window, scaled; who has no target for all of it is not there.
   * Where only some days of a member count, it is the part of the target that falls to these.
   */
  async ofMembers(
    tx: Tx,
    organisationId: string,
    kpi: string,
    window: Window,
    daysOf?: (memberId: string) => readonly Stretch[],
  ): Promise<Map<string, number>> {
    const bySubject = new Map<string, StoredTarget[]>();
    for (const target of await store.within(tx, organisationId, kpi, window)) {
      if (target.subjectType !== 'member') continue;
      const known = bySubject.get(target.subjectId) ?? [];
      bySubject.set(target.subjectId, [...known, target]);
    }
    const found = new Map<string, number>();
    for (const [id, targets] of bySubject) {
      const value = targetOver(targets, window, daysOf?.(id));
      if (value) found.set(id, toScaled(value));
    }
    return found;
  }

  /** The same of teams: their own, or else what their members have. */
  async ofTeams(
    tx: Tx,
    organisationId: string,
    kpi: string,
    window: Window,
    teamIds: readonly string[],
  ): Promise<Map<string, number>> {
    const book = await this.book(tx, organisationId, kpi, window);
    return new Map(
      teamIds.flatMap((id) => {
        const aim = book.ofTeam(id);
        return aim ? [[id, toScaled(aim.value)] as const] : [];
      }),
    );
  }

  /**
   * Sets and removes targets, all or none.
   * Problems: `invalid` with a place for each that names no KPI, or nobody whom the caller may set.
   */
  async put(caller: Caller, { items }: TargetsInput): Promise<void> {
    const { organisationId } = caller;
    await this.database.transaction(async (tx) => {
      const known = new Set(
        (await store.named(tx, organisationId)).map(({ type, id }) => type + id),
      );
      const kpis = await this.kpisOf(
        tx,
        organisationId,
        items.map(({ kpi }) => kpi),
      );
      const maySet = settableBy(tx, this.results, caller);
      const faults: Fault[] = [];
      for (const [index, { kpi, subject, period }] of items.entries()) {
        const fault = (field: string, code: string, detail: string) =>
          faults.push({ pointer: `/items/${index}/${field}`, code, detail });
        if (!kpis.has(kpi)) fault('kpi', 'kpi-unknown', kpi);
        const { type, id } = subject;
        const may = known.has(type + id) ? await maySet(type, id, period) : 'foreign';
        if (may === 'foreign') fault('subject/id', `${type}-unknown`, `no such ${type}`);
        if (may === 'own') fault('subject/id', 'own-target', 'an admin sets what one gains by');
      }
      if (faults.length > 0) throw new ProblemError('invalid', undefined, faults);
      const wanted = items.map(({ kpi, period, subject, value }): Wanted => {
        const { type: subjectType, id: subjectId } = subject;
        return { kpi, subjectType, subjectId, from: period.from, to: period.to, value };
      });
      await this.write(tx, organisationId, wanted);
      await this.record(tx, organisationId, { items: items.length, kpis: [...kpis.keys()] });
    });
  }

  private async record(tx: Tx, organisationId: string, after: Record<string, unknown>) {
    const what = { action: 'targets.save', subject: `organisation:${organisationId}` } as const;
    await this.audit.write(tx, { organisationId, ...what, after });
  }

  /** The targets of a file: what can be saved is saved, the rest is refused with its reason. */
  async saveTargets(organisationId: string, rows: readonly TargetRow[]): Promise<SavedTargets> {
    return this.database.transaction(async (tx) => {
      const saved = await this.saveTargetsWithin(tx, organisationId, rows);
      await this.record(tx, organisationId, { items: saved.saved });
      return saved;
    });
  }

  /** The same within a transaction of one's own. */
  async saveTargetsWithin(
    tx: Tx,
    organisationId: string,
    rows: readonly TargetRow[],
  ): Promise<SavedTargets> {
    const { wanted, refused } = await this.wanted(tx, organisationId, rows);
    const saved = await this.write(tx, organisationId, wanted);
    return { saved, unchanged: wanted.length - saved, refused };
  }

  /** Which rows of a file would be refused as things are now; nothing is written. */
  async tryTargets(
    organisationId: string,
    rows: readonly TargetRow[],
  ): Promise<SavedTargets['refused']> {
    return this.database.snapshot(
      async (tx) => (await this.wanted(tx, organisationId, rows)).refused,
    );
  }

  private async wanted(tx: Tx, organisationId: string, rows: readonly TargetRow[]) {
    const find = finder(await store.named(tx, organisationId));
    const codes = rows.map(({ kpi }) => kpi);
    const kpis = await this.kpisOf(tx, organisationId, codes);
    const refused: SavedTargets['refused'] = [];
    const wanted: Wanted[] = [];
    for (const [index, row] of rows.entries()) {
      const { kpi, period, value } = row;
      const subject = find(row);
      const refuse = (pointer: string, code: string, detail: string) =>
        refused.push({ index, pointer, code, detail });
      if (!kpis.has(kpi)) refuse('/kpi', 'kpi-unknown', kpi);
      else if (!subject) {
        const whose = row.member ? 'member' : 'team';
        refuse(`/${whose}`, `${whose}-unknown`, Object.values(row[whose] ?? {}).join());
      } else {
        const { type: subjectType, id: subjectId } = subject;
        wanted.push({ kpi, subjectType, subjectId, from: period.from, to: period.to, value });
      }
    }
    return { wanted, refused };
  }

  /** The last one of the same subject and period holds; answers how many changed something. */
  private async write(tx: Tx, organisationId: string, wanted: readonly Wanted[]): Promise<number> {
    const last = new Map(
      wanted.map((one) => [
        [one.kpi, one.subjectType, one.subjectId, one.from, one.to].join(' '),
        one,
      ]),
    );
    // One order, so that two who write at once do not wait for each other in a circle.
    const sorted = [...last].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    const kept = sorted.flatMap(({ value, ...key }) => (value === null ? [] : { ...key, value }));
    const gone = sorted.filter(({ value }) => value === null);
    const removed = gone.length > 0 ? await store.remove(tx, organisationId, gone) : 0;
    return removed + (kept.length > 0 ? await store.save(tx, organisationId, kept) : 0);
  }

  private async isKpi(tx: Tx, organisationId: string, code: string): Promise<boolean> {
    const kpi = await this.kpis.known(tx, organisationId, code);
    return kpi !== undefined && !kpi.derives;
  }

  /** Which of these codes are KPIs that may have targets. */
  private async kpisOf(tx: Tx, organisationId: string, codes: Iterable<string>) {
    const found = new Set<string>();
    for (const code of new Set(codes)) {
      if (await this.isKpi(tx, organisationId, code)) found.add(code);
    }
    return found;
  }

  private async known(tx: Tx, organisationId: string, code: string): Promise<void> {
    if (!(await this.isKpi(tx, organisationId, code))) throw new ProblemError('kpi-unknown', code);
  }
}

/** Finds whom a row means; a team by a name that two have is nobody. */
function finder(all: readonly Named[]): (row: TargetRow) => Named | undefined {
  const byName = new Map<string, Named | undefined>();
  const note = (key: string, one: Named) => byName.set(key, byName.has(key) ? undefined : one);
  for (const one of all) {
    for (const name of namesOf(one)) note(`${one.type} ${name}`, one);
    if (one.type === 'team') note(`team name:${one.name}`, one);
  }
  return ({ member, team }) => {
    if (member) return byName.get(`member ${nameOf(member)}`);
    if (!team) return undefined;
    return byName.get(`team ${'name' in team ? `name:${team.name}` : nameOf(team)}`);
  };
}
