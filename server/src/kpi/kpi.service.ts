import { Injectable } from '@nestjs/common';
import { typesWith } from '@palmares/shared/activity/own-type';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import type { KpiAnswer } from '@palmares/shared/kpi/answer';
import { needsOf, type Kpi } from '@palmares/shared/kpi/kpi';
import {
  compileOwn,
  ownKpiSchema,
  strangeTypes,
  type KpiPreview,
  type OwnKpi,
  type OwnKpiInput,
} from '@palmares/shared/kpi/own';
import { pointerTo } from '@palmares/shared/problem/catalogue';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { PeopleService } from '../people/people.service.js';
import { Database, type Tx } from '../platform/database.js';
import * as store from './kpi.store.js';
import type { DefinitionRow } from './kpi.store.js';

/** The KPIs of an organisation: the built-in ones and its own, in versions. */
@Injectable()
export class KpiService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly people: PeopleService,
  ) {}

  async list(organisationId: string): Promise<KpiAnswer[]> {
    const rows = await this.database.read((tx) => store.listDefinitions(tx, organisationId));
    return [...catalogue.values(), ...rows.flatMap((row) => ownOf(row) ?? [])].map(answerOf);
  }

  /** Problems: `not-found`. */
  async one(organisationId: string, code: string): Promise<KpiAnswer> {
    return answerOf(await this.database.read((tx) => this.find(tx, organisationId, code)));
  }

  /** Problems: `not-found`. */
  async find(tx: Tx, organisationId: string, code: string): Promise<Kpi> {
    const kpi = await this.known(tx, organisationId, code);
    if (!kpi) throw new ProblemError('not-found', 'There is no such KPI');
    return kpi;
  }

  async known(tx: Tx, organisationId: string, code: string): Promise<Kpi | undefined> {
    const builtIn = catalogue.get(code);
    if (builtIn) return builtIn;
    const row = await this.row(tx, organisationId, code);
    return row && ownOf(row);
  }

  private async row(tx: Tx, organisationId: string, code: string) {
    const rows = await store.listDefinitions(tx, organisationId);
    return rows.find((row) => row.code === code);
  }

  /** One that is not saved. Problems: `invalid`. */
  async tryOut(organisationId: string, own: KpiPreview): Promise<Kpi> {
    await this.database.read((tx) => this.checkTypes(tx, organisationId, own));
    return compileOwn(own);
  }

  /** Problems: `kpi-taken`, `invalid`. */
  async create(organisationId: string, own: OwnKpi): Promise<KpiAnswer> {
    return this.database.transaction(async (tx) => {
      const last = await this.row(tx, organisationId, own.code);
      if (last?.definition) throw new ProblemError('kpi-taken', own.code);
      await this.checkTypes(tx, organisationId, own);
      return this.append(tx, organisationId, last?.version ?? 0, own);
    });
  }

  /** Fields that are not named stay. Problems: `not-found`, `invalid`, `kpi-taken`. */
  async change(organisationId: string, code: string, changes: object): Promise<KpiAnswer> {
    return this.database.transaction(async (tx) => {
      const { version, definition } = await this.own(tx, organisationId, code);
      const parsed = ownKpiSchema.safeParse({ ...definition, ...changes, code });
      if (!parsed.success) {
        const errors = parsed.error.issues.map(({ path, message }) => ({
          pointer: `/${path.join('/')}`,
          detail: message,
        }));
        throw new ProblemError('invalid', undefined, errors);
      }
      await this.checkTypes(tx, organisationId, parsed.data);
      return this.append(tx, organisationId, version, parsed.data);
    });
  }

  /** Problems: `not-found`, `kpi-in-use`, `kpi-taken`. */
  async remove(organisationId: string, code: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { version } = await this.own(tx, organisationId, code);
      if (await store.hasTargets(tx, organisationId, code)) throw new ProblemError('kpi-in-use');
      await this.append(tx, organisationId, version, null, code);
    });
  }

  private async checkTypes(tx: Tx, organisationId: string, own: KpiPreview): Promise<void> {
    const { activityTypes } = await this.people.organisation(organisationId, tx);
    const strange = strangeTypes(own, typesWith(activityTypes));
    if (strange.length === 0) return;
    const detail = 'no such type of activity';
    const errors = strange.map((path) => ({ pointer: pointerTo(path), detail }));
    throw new ProblemError('invalid', undefined, errors);
  }

  private async own(tx: Tx, organisationId: string, code: string) {
    const row = await this.row(tx, organisationId, code);
    if (row?.definition) return { version: row.version, definition: row.definition };
    if (catalogue.has(code)) throw new ProblemError('forbidden', 'A built-in KPI stays as it is');
    throw new ProblemError('not-found', 'There is no such KPI');
  }

  private async append(
    tx: Tx,
    organisationId: string,
    last: number,
    own: OwnKpi,
  ): Promise<KpiAnswer>;
  private async append(
    tx: Tx,
    organisationId: string,
    last: number,
    own: null,
    code: string,
  ): Promise<void>;
  private async append(
    tx: Tx,
    organisationId: string,
    last: number,
    own: OwnKpi | null,
    code = own?.code ?? '',
  ): Promise<KpiAnswer | void> {
    const definition = own && (ownKpiSchema.encode(own) as OwnKpiInput);
    const row = { code, version: last + 1, definition };
    if (!(await store.appendDefinition(tx, organisationId, row, this.clock.now()))) {
      throw new ProblemError('kpi-taken', 'Somebody else has just changed it');
    }
    const action = own ? 'kpi.save' : 'kpi.remove';
    const after = { version: row.version };
    await this.audit.write(tx, { organisationId, action, subject: `kpi:${code}`, after });
    return own ? answerOf(compileOwn(own)) : undefined;
  }
}

/** Undefined for one that was deleted. */
function ownOf({ definition }: DefinitionRow): Kpi | undefined {
  return definition ? compileOwn(ownKpiSchema.parse(definition)) : undefined;
}

function answerOf(kpi: Kpi): KpiAnswer {
  const { code, family, unit, scale, direction, derives, written, card } = kpi;
  const builtIn = catalogue.has(code);
  const formula = derives ? null : written;
  return { code, family, unit, scale, direction, builtIn, formula, needs: needsOf(kpi), card };
}
