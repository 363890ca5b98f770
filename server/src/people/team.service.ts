import { Injectable } from '@nestjs/common';
import { difference } from '@palmares/shared/audit/audit';
import { BEYOND, type Charge } from '@palmares/shared/people/charge';
import type { MemberState, TeamState } from '@palmares/shared/people/people-index';
import { viewOfStretch } from '@palmares/shared/people/stretch';
import {
  treeFault,
  type TeamChange,
  type TeamInput,
  type TeamView,
} from '@palmares/shared/people/team';
import { v7 as uuid } from 'uuid';
import { AuditService, type AuditEntry } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { refuseManagers } from './member-access.js';
import { listManagements } from './membership.store.js';
import { ManagementService } from './management.service.js';
import { PeopleService } from './people.service.js';
import { refusal } from './refusal.js';
import type { Turn } from './sequence.js';
import * as store from './team.store.js';
import type { TeamRow } from './team.store.js';

@Injectable()
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly managements: ManagementService,
    private readonly audit: AuditService,
  ) {}

  /** A page of teams by name. */
  async list(organisationId: string, { limit, ...filter }: store.TeamFilter) {
    const today = await this.people.today(organisationId);
    const rows = await this.database.read((tx) =>
      store.viewTeams(tx, organisationId, today, { ...filter, limit: limit + 1 }),
    );
    const items = rows.slice(0, limit).map(viewOf);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Problems: `not-found`. */
  async view(organisationId: string, id: string): Promise<TeamView> {
    const today = await this.people.today(organisationId);
    const [row] = await this.database.read((tx) =>
      store.viewTeams(tx, organisationId, today, { id, limit: 1 }),
    );
    if (!row) throw new ProblemError('not-found');
    return viewOf(row);
  }

  /**
   * Problems: `not-found`, `team-unknown`, `team-too-deep`, `external-id-taken`, `member-unknown`,
   * `manager-overlap`, `forbidden` beyond the charge of the writer.
   */
  async create(
    organisationId: string,
    input: TeamInput,
    charge: Charge = 'everybody',
  ): Promise<string> {
    refuseManagers(charge, input.managers.length > 0);
    const { name, externalId = null, parentId = null, managers } = input;
    const team = { id: uuid(), externalId, name, parentId };
    await this.writing(organisationId, async (tx, turn) => {
      await this.refuseWrong(tx, organisationId, team);
      await store.insertTeams(tx, organisationId, [team], this.clock.now());
      await this.record(tx, organisationId, 'team.create', team.id, {
        after: { ...team, managers },
      });
      return this.managements.appoint(tx, turn, team.id, managers);
    });
    return team.id;
  }

  /**
   * Changes what is named. Problems: `not-found`, `team-unknown`, `team-cycle`, `team-too-deep`,
   * `external-id-taken`, `member-unknown`, `manager-overlap`, `forbidden` beyond the charge of the
   * writer: the managers of a team, and those above it, who manage the team too.
   */
  async change(
    organisationId: string,
    id: string,
    change: TeamChange,
    charge: Charge = 'everybody',
  ): Promise<void> {
    const { managers, ...fields } = change;
    refuseManagers(charge, managers !== undefined);
    await this.writing(organisationId, async (tx, turn) => {
      const known = (await store.listTeams(tx, organisationId)).find((team) => team.id === id);
      if (!known) throw new ProblemError('not-found');
      const named = Object.entries(fields).filter(([, value]) => value !== undefined);
      const team: TeamState = { ...known, ...Object.fromEntries(named) };
      if (charge === 'reps' && team.parentId !== known.parentId) {
        throw refusal('forbidden', '/parentId', BEYOND.managers);
      }
      await this.refuseWrong(tx, organisationId, team);
      await store.updateTeam(tx, turn, team);
      const moved = difference(known, team, ['name', 'externalId', 'parentId']);
      const after = { ...moved.after, ...(managers && { managers }) };
      await this.record(tx, organisationId, 'team.change', id, { before: moved.before, after });
      return managers ? this.managements.appoint(tx, turn, id, managers) : [];
    });
  }

  /** Problems: `not-found`, `team-in-use`, `forbidden` beyond the charge of the writer. */
  async remove(organisationId: string, id: string, charge: Charge = 'everybody'): Promise<void> {
    await this.writing(organisationId, async (tx) => {
      const teams = await store.listTeams(tx, organisationId);
      if (!teams.some((team) => team.id === id)) throw new ProblemError('not-found');
      const managed = await listManagements(tx, organisationId);
      refuseManagers(
        charge,
        managed.some(({ teamId }) => teamId === id),
      );
      if (!(await store.removeTeam(tx, organisationId, id))) throw new ProblemError('team-in-use');
      await this.record(tx, organisationId, 'team.remove', id, {});
      return [];
    });
  }

  private async record(
    tx: Tx,
    organisationId: string,
    action: 'team.create' | 'team.change' | 'team.remove',
    id: string,
    states: Pick<AuditEntry, 'before' | 'after'>,
  ): Promise<void> {
    await this.audit.write(tx, { organisationId, action, subject: `team:${id}`, ...states });
  }

  /** Does some work in the organisation’s turn, and says what has changed: it answers members. */
  private async writing(
    organisationId: string,
    work: (tx: Tx, turn: Turn) => Promise<MemberState[]>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      await this.people.saved(tx, turn, await work(tx, turn));
    });
  }

  private async refuseWrong(tx: Tx, organisationId: string, team: TeamState): Promise<void> {
    const teams = await store.listTeams(tx, organisationId);
    const fault = treeFault(teams, team);
    if (fault) throw refusal(fault, '/parentId');
    const { externalId, id } = team;
    const taken = teams.some((one) => one.id !== id && one.externalId === externalId);
    if (externalId !== null && taken) throw refusal('external-id-taken', '/externalId', externalId);
  }
}

function viewOf({ managers, ...team }: TeamRow): TeamView {
  return { ...team, managers: managers.map((one) => ({ ...one, ...viewOfStretch(one) })) };
}
