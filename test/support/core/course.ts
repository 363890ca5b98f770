import { ChallengeService } from '@palmares/server/challenge/challenge.service';
import { LaunchService } from '@palmares/server/challenge/launch.service';
import { IntakeService } from '@palmares/server/intake/intake.service';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import { UndoService } from '@palmares/server/intake/undo.service';
import { VerdictService } from '@palmares/server/intake/verdict.service';
import { MeasureService } from '@palmares/server/kpi/measure.service';
import { MemberService } from '@palmares/server/people/member.service';
import { PeopleService } from '@palmares/server/people/people.service';
import { markChallenges } from '@palmares/server/people/sequence';
import { TeamService } from '@palmares/server/people/team.service';
import { Database } from '@palmares/server/platform/database';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import type { Receipt } from '@palmares/shared/intake/receipt';
import { measureText } from '@palmares/shared/kpi/measure';
import { memberChangeSchema, memberInputSchema } from '@palmares/shared/people/member';
import { teamInputSchema } from '@palmares/shared/people/team';
import { organisationInputSchema } from '@palmares/shared/people/organisation';
import { known, teamNames, type Command, type Item } from '../generate/command.js';
import type { TestServer } from '../server.js';
import { momentOf, type Moment } from './people.js';
import { derivedOf } from './state.js';

const importId = (number: number) => `0189000${number}-0000-7000-8000-000000000000`;

/** What came out of a command, without anything that differs from one organisation to another. */
export type Told = Partial<Receipt> | string;

/** One organisation that is led through commands. */
export class Course {
  readonly told: Told[] = [];
  private last: { items: Item[]; mode: 'partial' | 'atomic' } | undefined;
  private readonly contents = new Map<string, Item>();
  private readonly members: Record<string, string> = {};
  private readonly teams: Record<string, string> = {};
  /** Who there was, from turn to turn. */
  readonly history: Moment[] = [];

  private constructor(
    private readonly server: TestServer,
    readonly id: string,
  ) {}

  static async begin(server: TestServer, timeZone: string): Promise<Course> {
    const input = organisationInputSchema.parse({ name: 'Maison', timeZone });
    const { id } = await server.app.get(PeopleService).createOrganisation(input);
    const course = new Course(server, id);
    for (const name of known) await course.join(name);
    for (const name of teamNames) await course.found(name);
    const always = { from: null, to: null };
    for (const name of known) {
      await course.change({ do: 'move', name, teams: [{ team: 'north', ...always }] });
    }
    await course.remember();
    return course;
  }

  async run(command: Command): Promise<void> {
    this.told.push(await this.perform(command));
    if (['join', 'move', 'leave', 'hang'].includes(command.do)) await this.remember();
  }

  private async remember(): Promise<void> {
    this.history.push(await momentOf(this.server, this.id));
  }

  private async perform(command: Command): Promise<Told> {
    const { app } = this.server;
    switch (command.do) {
      case 'post':
        return this.post(command.items, command.mode, command.importNumber);
      case 'post-again':
        return this.postAgain();
      case 'void':
      case 'restore':
        return this.revise(command.id, command.do === 'void');
      case 'judge': {
        const { id: externalId, verdict } = command;
        const given = { verdict, reason: null, givenBy: 'law' };
        const work = app.get(VerdictService).give(this.id, { source: 'crm', externalId }, given);
        return work.then(() => verdict, problemOf);
      }
      case 'undo':
        return this.undo(importId(command.importNumber));
      case 'join':
        return this.members[command.name] ? 'known' : this.join(command.name);
      case 'move':
      case 'leave':
        return this.change(command);
      case 'hang': {
        const parentId = command.under && this.teams[command.under];
        const id = this.teams[command.team] ?? '';
        const work = app.get(TeamService).change(this.id, id, { parentId });
        return work.then(() => 'hung', problemOf);
      }
      case 'launch':
        return this.launch(command);
      case 'keep':
        return this.keep(command.measure);
      case 'rebuild': {
        const { differences, first } = await app.get(RebuildService).rebuild(this.id);
        if (differences > 0) throw new Error(`rebuilt: ${JSON.stringify(first)}`);
        return 'rebuilt';
      }
    }
  }

  private async post(
    activities: Item[],
    mode: 'partial' | 'atomic',
    importNumber?: number,
  ): Promise<Told> {
    const batch = { mode, activities };
    const whole = importNumber ? { ...batch, importId: importId(importNumber) } : batch;
    const receipt = await this.server.app
      .get(IntakeService)
      .record(this.id, whole)
      .catch(problemOf);
    if (typeof receipt === 'string') return receipt;
    const { refused, ...counts } = receipt;
    const sum = Object.values(counts).reduce((total, count) => total + count, refused.length);
    if (sum !== activities.length) throw new Error(`a receipt of ${sum} for ${activities.length}`);
    for (const item of activities) {
      if (item['source'] === 'crm' && !item['void']) this.contents.set(item.externalId, item);
    }
    this.last = { items: activities, mode };
    return receipt;
  }

  /** The same batch once more, provided that no later item of it replaced an earlier one. */
  private async postAgain(): Promise<Told> {
    const last = this.last;
    if (!last) return 'nothing to repeat';
    await this.post(last.items, last.mode);
    const identities = last.items.map((item) => `${String(item['source'])} ${item.externalId}`);
    const distinct = new Set(identities).size === identities.length;
    const before = await derivedOf(this.server, this.id);
    const again = await this.post(last.items, last.mode);
    if (distinct && typeof again !== 'string') {
      if (again.recorded || again.revised) throw new Error(`again: ${JSON.stringify(again)}`);
      const after = await derivedOf(this.server, this.id);
      if (after !== before) throw new Error(`sent again: ${before} became ${after}`);
    }
    return again;
  }

  private async revise(id: string, gone: boolean): Promise<Told> {
    const item = this.contents.get(id);
    return item ? this.post([{ ...item, void: gone }], 'partial') : 'unknown';
  }

  private async undo(id: string): Promise<Told> {
    const undone = await this.server.app.get(UndoService).undo(this.id, id);
    const left = await this.server.sql<{ count: string }>(
      `select (select count(*) from waiting where organisation_id = $1 and import_id = $2)
         + (select count(*) from activity where organisation_id = $1 and import_id = $2
             and superseded_seq is null) as count`,
      [this.id, id],
    );
    if (Number(left[0]?.count) !== 0) throw new Error('an undone import has left something');
    return JSON.stringify(undone);
  }

  private async join(name: string): Promise<string> {
    const input = memberInputSchema.parse({ externalId: name, name });
    this.members[name] = await this.server.app.get(PeopleService).createMember(this.id, input);
    return 'joined';
  }

  private async found(name: string): Promise<void> {
    const input = teamInputSchema.parse({ name });
    this.teams[name] = await this.server.app.get(TeamService).create(this.id, input);
  }

  private async change(command: Command & { do: 'move' | 'leave' }): Promise<string> {
    const id = this.members[command.name];
    if (!id) return 'unknown';
    const change =
      command.do === 'leave'
        ? { leftOn: command.on }
        : {
            teams: command.teams.map(({ team, ...days }) => ({
              ...days,
              teamId: this.teams[team],
            })),
          };
    await this.server.app.get(MemberService).change(this.id, id, memberChangeSchema.parse(change));
    return command.do;
  }

  private async launch(command: Command & { do: 'launch' }): Promise<string> {
    const { from, to, rules } = command;
    const { only, teams, repsOf, observer, ...declared } = command.for;
    const teamIds = teams?.named?.map((name) => this.teams[name]);
    const audience = teams
      ? { kind: 'teams', by: teams.by, ...(teamIds && { teamIds }) }
      : repsOf
        ? { kind: 'team-members', teamIds: repsOf.map((name) => this.teams[name]) }
        : only
          ? { kind: 'members', memberIds: [this.members[only]] }
          : { kind: 'everyone' };
    const observers = observer ? [this.members[observer]] : [];
    const whole = { name: 'Sprint', from, to, rules, audience, observers, ...declared };
    const draft = challengeDefinitionSchema.parse(whole);
    const challenges = this.server.app.get(ChallengeService);
    const system = { kind: 'system', organisationId: this.id } as const;
    await this.server.app.get(LaunchService).launch(system, await challenges.create(system, draft));
    return 'launched';
  }

  /** As a launch does, for measures that no rule reads yet. */
  private async keep(measure: (Command & { do: 'keep' })['measure']): Promise<string> {
    const { app } = this.server;
    await app.get(Database).transaction(async (tx) => {
      const turn = await app.get(PeopleService).turn(tx, this.id);
      await app.get(MeasureService).keep(tx, turn, new Map([[measureText(measure), measure]]));
      await markChallenges(tx, turn);
    });
    return 'kept';
  }
}

/** The code of a problem; anything else is no answer but a defect. */
function problemOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  const expected = ['not-found', 'batch-refused', 'total-too-large', 'team-cycle'];
  if (typeof code === 'string' && expected.includes(code)) return code;
  throw error;
}
